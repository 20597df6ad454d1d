/// The messaging gateway: sockets on one side, the room service's streams on the other, nothing kept.
/// Start reading at [dev.parley.gateway.socket.ChatSocket] for a socket and at [dev.parley.gateway.feed.RoomFeed]
/// for a room.
@NullMarked
package dev.parley.gateway;

import org.jspecify.annotations.NullMarked;
