package dev.parley.gateway.feed;

import dev.parley.gateway.roomservice.RoomServiceClient;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.EventPage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// The log as the room service serves it.
@ApplicationScoped
class RoomServiceLog implements LogSource {

    private final RoomServiceClient roomService;

    RoomServiceLog(@RestClient RoomServiceClient roomService) {
        this.roomService = roomService;
    }

    @Override
    public CompletionStage<EventPage> events(RoomId room, long afterSeq, int limit) {
        return roomService.events(room, afterSeq, limit).subscribeAsCompletionStage();
    }
}
