package dev.parley.room.message;

import dev.parley.model.id.RoomId;
import dev.parley.room.words.WordKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The words of everything that a batch may store, in PostgreSQL's spelling of an array.
record BatchWords(Map<Text, String> keys) {

    /// A text in a room: the same text has other keys in another room.
    record Text(RoomId room, String content) {}

    static BatchWords of(List<Sends> batch) {
        var keys = new HashMap<Text, String>();
        for (var sends : batch) {
            for (var command : sends.commands()) {
                keys.computeIfAbsent(
                        new Text(sends.roomId(), command.content()),
                        text -> WordKeys.ofMessage(text.room(), text.content()));
            }
        }
        return new BatchWords(keys);
    }

    /// @throws IllegalStateException if the batch does not have the message
    String of(NewMessage message) {
        var found = keys.get(new Text(message.room().id(), message.message().content()));
        if (found == null) {
            throw new IllegalStateException("a message that nobody sent");
        }
        return found;
    }
}
