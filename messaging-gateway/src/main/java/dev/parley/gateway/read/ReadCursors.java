package dev.parley.gateway.read;

import dev.parley.gateway.roomservice.CallConfig;
import dev.parley.gateway.roomservice.CallGate;
import dev.parley.gateway.roomservice.RoomServiceClient;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.internal.ReadCursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// The read cursors as the room service keeps them; so many are moved at a time. Thread-safe.
@ApplicationScoped
public class ReadCursors {

    private final RoomServiceClient roomService;
    private final CallGate gate;

    ReadCursors(@RestClient RoomServiceClient roomService, CallConfig config) {
        this.roomService = roomService;
        this.gate = new CallGate(config.readsAtOnce(), config.waiting(), config.patience());
    }

    /// @return fails with a 404 when the user is no participant
    CompletionStage<ReadCursor> move(ReadCommand command) {
        return gate.call(() -> roomService.read(command));
    }
}
