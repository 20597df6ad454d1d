/// Rooms: making them, listing them, showing one with everything its list entry needs. Start reading at
/// [dev.parley.room.room.RoomsResource]. Entities serve reads of one table; what spans rooms is SQL of the
/// feature that owns the rows, so that a list takes a constant number of queries.
@NullMarked
package dev.parley.room.room;

import org.jspecify.annotations.NullMarked;
