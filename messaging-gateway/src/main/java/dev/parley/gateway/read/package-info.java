/// Moves read cursors for sockets. Start reading at [dev.parley.gateway.read.ReadMarks], which belongs to one socket.
/// That a cursor moved is told to the others by the room service.
@NullMarked
package dev.parley.gateway.read;

import org.jspecify.annotations.NullMarked;
