package dev.parley.gateway.socket;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.WebSocket;

/// `/ws/chat/{room_id}/`: one room, subscribed from the start.
@WebSocket(path = "/ws/chat/{room_id}/", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
class RoomEndpoint extends ChatEndpoint {

    RoomEndpoint(Sockets sockets) {
        super(sockets);
    }
}
