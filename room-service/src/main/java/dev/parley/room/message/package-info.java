/// Messages: sending them, and reading a room's history. Start reading at
/// [dev.parley.room.message.MessageWriter], the one writer behind REST, the ingest and `/internal/commands`;
/// what it decides is in [dev.parley.room.message.SendPlan]. It must not know where a command came from.
@NullMarked
package dev.parley.room.message;

import org.jspecify.annotations.NullMarked;
