package dev.parley.gateway.admission;

import dev.parley.gateway.feed.Resume;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.Standing;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.quarkus.websockets.next.UserData;
import org.jspecify.annotations.Nullable;

/// What was found out before the upgrade, for the socket that follows it.
/// @param room the room of the URL; null on the URL for many rooms
/// @param address what limits by address count by
/// @param channel the connection below Vert.x
public record Admission(Caller caller, @Nullable Room room, String address, Channel channel) {

    /// Where the socket finds its admission.
    public static final UserData.TypedKey<Admission> KEY = new UserData.TypedKey<>("admission");

    static final AttributeKey<Admission> CHANNEL_KEY = AttributeKey.valueOf(Admission.class, "admission");

    /// The one room of a socket. Its feed follows the relay since before `standing` was asked for.
    /// @param standing the caller's participation and the room's head
    /// @param resume null when the client did not say where it left off
    public record Room(
            RoomId id, Standing standing, @Nullable Resume resume) {}
}
