package dev.parley.gateway.socket;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.WebSocket;

/// `/ws/chat/`: rooms as the client subscribes, and what concerns its user.
@WebSocket(path = "/ws/chat/", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
class ManyRoomsEndpoint extends ChatEndpoint {

    ManyRoomsEndpoint(Sockets sockets) {
        super(sockets);
    }
}
