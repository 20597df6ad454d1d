/// Read cursors: how far a participant has read, and what is unread past it. Start reading at
/// [dev.parley.room.read.MarkRead], which REST and sockets share. A cursor is a column of `participants` and moves
/// forward only; counts are computed by bounded scans and never stored.
@NullMarked
package dev.parley.room.read;

import org.jspecify.annotations.NullMarked;
