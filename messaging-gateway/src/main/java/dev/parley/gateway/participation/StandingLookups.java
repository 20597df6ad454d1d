package dev.parley.gateway.participation;

import dev.parley.gateway.roomservice.CallConfig;
import dev.parley.gateway.roomservice.CallGate;
import dev.parley.gateway.roomservice.RoomServiceClient;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Standing;
import dev.parley.model.internal.Standings;
import dev.parley.model.internal.StandingsQuery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// Asks the room service how users stand in rooms, so many questions at a time. Thread-safe.
@ApplicationScoped
public class StandingLookups {

    private final RoomServiceClient roomService;
    private final CallGate gate;

    StandingLookups(@RestClient RoomServiceClient roomService, CallConfig config) {
        this.roomService = roomService;
        this.gate = new CallGate(config.standingsAtOnce(), config.waiting(), config.patience());
    }

    /// @param rooms at most 100
    /// @return the rooms that `user` is a participant of; fails when that cannot be found out now
    public CompletionStage<Map<RoomId, Standing>> of(UserId user, List<RoomId> rooms) {
        return gate.call(() -> roomService.standings(new StandingsQuery(user, rooms)))
                .thenApply(found -> found.items().stream()
                        .collect(Collectors.toMap(
                                Standings.Item::roomId, Standings.Item::standing, (first, second) -> first)));
    }

    /// @return fails with a 404 when `user` is no participant
    public Uni<Standing> of(UserId user, RoomId room) {
        return Uni.createFrom().completionStage(() -> gate.call(() -> roomService.standing(room, user)));
    }
}
