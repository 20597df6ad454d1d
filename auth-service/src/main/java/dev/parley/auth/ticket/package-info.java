/// Tickets: what a browser puts into the socket's URL instead of an access token. The gateway takes them from Redis.
/// Start reading at [dev.parley.auth.ticket.TicketResource].
@NullMarked
package dev.parley.auth.ticket;

import org.jspecify.annotations.NullMarked;
