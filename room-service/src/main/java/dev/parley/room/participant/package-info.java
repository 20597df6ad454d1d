/// Who is in a room, and how far he has read. Start reading at
/// [dev.parley.room.participant.Standings], which every operation on a room asks first:
/// a room one does not belong to is `room_not_found`. It must not know messages.
@NullMarked
package dev.parley.room.participant;

import org.jspecify.annotations.NullMarked;
