/// What a listener is told: the log of a room, what is of the moment, and what happened to the client's own position.
///
/// Owns the typed forms of the frames that the application sees and the reading of their JSON. Start at
/// [dev.parley.client.event.Event]. It knows no sockets.
@NullMarked
package dev.parley.client.event;

import org.jspecify.annotations.NullMarked;
