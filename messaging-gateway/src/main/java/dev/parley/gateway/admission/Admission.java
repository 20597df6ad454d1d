package dev.parley.gateway.admission;

import dev.parley.gateway.feed.RoomFeed;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.Standing;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.quarkus.websockets.next.UserData;
import org.jspecify.annotations.Nullable;

/// What was found out before the upgrade, for the socket that follows it.
/// @param feed follows the relay since before `standing` was asked for: nothing falls between
/// @param standing the caller's participation and the room's head
/// @param resume where the client left off; null when it did not say
/// @param channel the connection below Vert.x
public record Admission(
        Caller caller,
        RoomId roomId,
        RoomFeed feed,
        Standing standing,
        @Nullable Resume resume,
        Channel channel) {

    /// Where the socket finds its admission.
    public static final UserData.TypedKey<Admission> KEY = new UserData.TypedKey<>("admission");

    static final AttributeKey<Admission> CHANNEL_KEY = AttributeKey.valueOf(Admission.class, "admission");

    /// A client's position: it has every event up to `afterSeq`.
    /// @param logEpoch the epoch it knows; null when it did not say
    public record Resume(long afterSeq, @Nullable Long logEpoch) {}
}
