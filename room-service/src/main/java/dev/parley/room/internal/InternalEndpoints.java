package dev.parley.room.internal;

import dev.parley.kit.internal.InternalRequest;
import dev.parley.kit.internal.InternalRoutes;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.CommandsResult;
import dev.parley.model.internal.EventPage;
import dev.parley.model.internal.Heads;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Standing;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.IngestEntry;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.database.DatabaseProblems;
import dev.parley.room.log.EventLog;
import dev.parley.room.log.LockMode;
import dev.parley.room.log.Relay;
import dev.parley.room.message.MessageWriter;
import dev.parley.room.message.Sends;
import dev.parley.room.message.SendsResult;
import dev.parley.room.participant.Standings;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.function.Function;

/// Answers gateways: how a user stands, what a log holds, which rooms changed; and stores what the ingest lost.
/// Every handler runs on a virtual thread.
@ApplicationScoped
class InternalEndpoints {

    private static final int MAX_EVENTS = 500;

    private final InternalRoutes routes;
    private final Standings standings;
    private final EventLog log;
    private final ChangedRooms changedRooms;
    private final MessageWriter writer;
    private final Relay relay;

    InternalEndpoints(
            InternalRoutes routes,
            Standings standings,
            EventLog log,
            ChangedRooms changedRooms,
            MessageWriter writer,
            Relay relay) {
        this.routes = routes;
        this.standings = standings;
        this.log = log;
        this.changedRooms = changedRooms;
        this.writer = writer;
        this.relay = relay;
    }

    void mount(@Observes ManagementInterface management) {
        var router = management.router();
        routes.get(router, InternalPaths.STANDING, guarded(this::standing));
        routes.get(router, InternalPaths.EVENTS, guarded(this::events));
        routes.get(router, InternalPaths.HEADS, guarded(this::heads));
        routes.post(router, InternalPaths.COMMANDS, guarded(this::commands));
    }

    private static Function<InternalRequest, Object> guarded(Function<InternalRequest, Object> handler) {
        return request -> {
            try {
                return handler.apply(request);
            } catch (DatabaseException e) {
                throw DatabaseProblems.of(e);
            }
        };
    }

    private Standing standing(InternalRequest request) {
        var found = standings.require(
                request.parameter("room_id", RoomId::fromString), request.parameter("user_id", UserId::fromString));
        return new Standing(found.lastSeq(), found.logEpoch());
    }

    private EventPage events(InternalRequest request) {
        var after = QueryNumber.seq("after_seq", request.parameter("after_seq", Function.identity()));
        var limit = QueryNumber.limit(
                request.optional("limit", Function.<String>identity()).orElse(null), MAX_EVENTS, MAX_EVENTS);
        return log.read(request.parameter("room_id", RoomId::fromString), after.orElse(0L), limit)
                .map(page -> new EventPage(page.events(), page.lastSeq(), page.logEpoch()))
                .orElseThrow(() -> ProblemException.of(ProblemCode.ROOM_NOT_FOUND));
    }

    private Heads heads(InternalRequest request) {
        return changedRooms.since(request.optional("since", Watermark::parse).orElse(null));
    }

    private CommandsResult commands(InternalRequest request) {
        var entry = request.body(IngestEntry.class);
        var written = writer.write(List.of(Sends.of(entry)), LockMode.WAIT);
        relay.publish(written.events());
        return switch (written.results().getFirst()) {
            case SendsResult.Decided(var outcomes) -> new CommandsResult(outcomes);
            case SendsResult.RoomBusy() -> throw ProblemException.of(ProblemCode.UNAVAILABLE);
        };
    }
}
