/// The life of one socket, from `hello` to its close code, and its bounded way out.
/// Start reading at [dev.parley.gateway.socket.ChatSocket]. Below it everything runs on the socket's event loop.
@NullMarked
package dev.parley.gateway.socket;

import org.jspecify.annotations.NullMarked;
