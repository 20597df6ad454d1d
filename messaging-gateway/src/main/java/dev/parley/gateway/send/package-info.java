/// The way of a `message.send` to the room service and of its outcome back to the sender.
/// Start reading at [dev.parley.gateway.send.SendLane], which keeps the order of one connection in one room;
/// [dev.parley.gateway.send.UnansweredEntries] sees to it that every command gets an answer.
@NullMarked
package dev.parley.gateway.send;

import org.jspecify.annotations.NullMarked;
