/// What concerns sockets at the moment and stands in no log: moved read cursors, rooms that came into somebody's list
/// or left it. Start reading at [dev.parley.room.signal.Signals]. It must not know why something is told.
@NullMarked
package dev.parley.room.signal;

import org.jspecify.annotations.NullMarked;
