/// A room's log: locking it, appending to it, reading it as events, relaying what was appended.
/// Start reading at [dev.parley.room.log.RoomLog], which every durable change goes through, and
/// [dev.parley.room.log.EventLog], which renders the log as it is now. It must not know why an event is appended.
@NullMarked
package dev.parley.room.log;

import org.jspecify.annotations.NullMarked;
