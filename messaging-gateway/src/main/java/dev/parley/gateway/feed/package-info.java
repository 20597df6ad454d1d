/// The live log of each room that somebody here follows: the next expected `seq`, what came too early,
/// a ring of recent events, and who reads at which position.
/// Start reading at [dev.parley.gateway.feed.RoomFeed]; a reader is a [dev.parley.gateway.feed.Subscription].
/// It knows neither WebSocket nor Redis.
@NullMarked
package dev.parley.gateway.feed;

import org.jspecify.annotations.NullMarked;
