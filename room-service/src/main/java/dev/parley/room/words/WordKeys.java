package dev.parley.room.words;

import dev.parley.model.id.RoomId;
import java.util.stream.Collectors;

/// The words of one room's messages as 64-bit numbers, which one index over all rooms holds. A word of one room and
/// the same word of another are different keys, so what is common in the world costs nothing in a small room.
///
/// Keys stand in the database: the function never changes. Two words may share one; a search never leaves the
/// reader's rooms all the same, because it asks for these as well.
public final class WordKeys {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private WordKeys() {}

    /// The keys of a message, in PostgreSQL's spelling of an array.
    public static String ofMessage(RoomId room, String content) {
        return Words.of(content).stream()
                .map(word -> Long.toString(of(room, word)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// FNV-1a over the UTF-16 units (Fowler, Noll, Vo), started with the room and mixed once more, as by the finaliser
    /// of SplitMix64 (Steele, Lea, Flood 2014).
    public static long of(RoomId room, String word) {
        var hash = FNV_OFFSET
                ^ mix(room.value().getMostSignificantBits() ^ mix(room.value().getLeastSignificantBits()));
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }

    private static long mix(long bits) {
        var mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
