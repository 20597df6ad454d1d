/// Who is a participant of what. A "yes" holds while the gateway follows the room, and is changed only by the room's
/// log: it is the subscription itself. A "no" is never kept.
/// Start reading at [dev.parley.gateway.participation.StandingLookups]. It knows no sockets.
@NullMarked
package dev.parley.gateway.participation;

import org.jspecify.annotations.NullMarked;
