/// What the other services must hear of: an outbox in the transaction of the change, its relay to Redis, and the
/// endpoints that heal what a reader missed.
/// Start reading at [dev.parley.auth.event.Outbox]. It does not know why something happened.
@NullMarked
package dev.parley.auth.event;

import org.jspecify.annotations.NullMarked;
