package dev.parley.client.event;

import java.util.UUID;

/// Something that happened in one room that is followed.
public sealed interface RoomEvent extends Event permits LogEvent, Moment, Following {

    UUID roomId();
}
