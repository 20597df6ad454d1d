package dev.parley.client.event;

/// Something the application is told.
///
/// New kinds come with new servers: a `switch` over this needs a case for [Unknown], and for the unknown entries of a
/// log, [LogEvent.Other].
public sealed interface Event permits RoomEvent, AccountEvent, Event.Unknown {

    /// A frame of a type that this version does not know.
    ///
    /// @param type the name on the wire
    /// @param json the frame as it came
    record Unknown(String type, String json) implements Event {}
}
