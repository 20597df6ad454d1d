/// Who is online. Each gateway writes its own users to Redis, each reads the users its sockets watch, and tells them
/// what changed: nobody depends on another gateway's messages, so one that is killed is noticed by all others when the
/// time of its users is up.
/// Start reading at [dev.parley.gateway.presence.Presence]. It knows neither WebSocket nor the log of rooms.
@NullMarked
package dev.parley.gateway.presence;

import org.jspecify.annotations.NullMarked;
