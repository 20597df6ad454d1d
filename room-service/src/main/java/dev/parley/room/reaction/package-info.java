/// Reactions: what is one emoji, who reacted to which message with it, and how many. Start reading at
/// [dev.parley.room.reaction.ReactionChanges]. It must not know what a message says.
@NullMarked
package dev.parley.room.reaction;

import org.jspecify.annotations.NullMarked;
