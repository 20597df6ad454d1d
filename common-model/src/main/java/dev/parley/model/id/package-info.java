/// The identifiers of Parley as types of their own, so that a room can never be passed for a user.
/// All are UUIDv7 (RFC 9562 §5.7): they sort by creation, which keeps index pages warm; nothing may be ordered by them.
/// Start reading at [dev.parley.model.id.RoomId]; the others are its twins.
@NullMarked
package dev.parley.model.id;

import org.jspecify.annotations.NullMarked;
