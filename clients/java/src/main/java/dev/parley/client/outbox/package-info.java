/// Messages that are not stored by the server yet.
///
/// Owns their order per room, their states, and where they survive a restart. Start at
/// [dev.parley.client.outbox.Outbox]. It does not know how they are sent.
@NullMarked
package dev.parley.client.outbox;

import org.jspecify.annotations.NullMarked;
