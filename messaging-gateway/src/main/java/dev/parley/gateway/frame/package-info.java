/// What goes over a socket: the frames of clients, parsed and checked, and the frames of the server.
/// Durable events are not here: the gateway passes their bytes on without looking inside.
/// Start reading at [dev.parley.gateway.frame.ClientFrame]. It knows neither sockets nor rooms.
@NullMarked
package dev.parley.gateway.frame;

import org.jspecify.annotations.NullMarked;
