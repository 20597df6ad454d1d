/// The durable events of a room's log in the very shape in which clients receive them.
/// Only the room service makes and renders them; the gateway passes the bytes on without looking inside. Beside them
/// what has no `seq` and both write.
/// Start reading at [dev.parley.model.event.RoomEvent].
@NullMarked
package dev.parley.model.event;

import org.jspecify.annotations.NullMarked;
