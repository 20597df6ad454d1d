package dev.parley.room.internal;

import dev.parley.kit.internal.InternalRequest;
import dev.parley.kit.internal.InternalRoutes;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.CommandsResult;
import dev.parley.model.internal.EventPage;
import dev.parley.model.internal.Heads;
import dev.parley.model.internal.HeadsQuery;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Participants;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.internal.ReadCursor;
import dev.parley.model.internal.Standing;
import dev.parley.model.internal.Standings;
import dev.parley.model.internal.StandingsQuery;
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
import dev.parley.room.read.MarkRead;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers gateways: how a user stands, what a log holds, which rooms changed; and stores what the ingest lost.
/// Every handler runs on a virtual thread.
@ApplicationScoped
class InternalEndpoints {

    private static final int MAX_EVENTS = 500;
    private static final int MAX_STANDINGS = 100;
    private static final int MAX_PARTICIPANTS = 1_000;
    private static final int MAX_HEADS = 1_000;

    private final InternalRoutes routes;
    private final dev.parley.room.participant.Standings standings;
    private final EventLog log;
    private final ChangedRooms changedRooms;
    private final MarkRead markRead;
    private final MessageWriter writer;
    private final Relay relay;

    InternalEndpoints(
            InternalRoutes routes,
            dev.parley.room.participant.Standings standings,
            EventLog log,
            ChangedRooms changedRooms,
            MarkRead markRead,
            MessageWriter writer,
            Relay relay) {
        this.routes = routes;
        this.standings = standings;
        this.log = log;
        this.changedRooms = changedRooms;
        this.markRead = markRead;
        this.writer = writer;
        this.relay = relay;
    }

    void mount(@Observes ManagementInterface management) {
        var router = management.router();
        routes.get(router, InternalPaths.STANDING, guarded(this::standing));
        routes.post(router, InternalPaths.STANDINGS, guarded(this::standings));
        routes.get(router, InternalPaths.PARTICIPANTS, guarded(this::participants));
        routes.post(router, InternalPaths.READ, guarded(this::read));
        routes.get(router, InternalPaths.EVENTS, guarded(this::events));
        routes.get(router, InternalPaths.HEADS, guarded(this::heads));
        routes.post(router, InternalPaths.HEADS, guarded(this::headsOf));
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

    private Standings standings(InternalRequest request) {
        var query = request.body(StandingsQuery.class);
        var user = required("user_id", query.userId());
        var found = standings.of(user, ids(query.roomIds(), MAX_STANDINGS));
        return new Standings(found.values().stream()
                .map(each -> new Standings.Item(each.roomId(), new Standing(each.lastSeq(), each.logEpoch())))
                .toList());
    }

    private Participants participants(InternalRequest request) {
        var limit = QueryNumber.limit(
                request.optional("limit", Function.<String>identity()).orElse(null),
                MAX_PARTICIPANTS,
                MAX_PARTICIPANTS);
        return standings.present(request.parameter("room_id", RoomId::fromString), limit);
    }

    private ReadCursor read(InternalRequest request) {
        var command = request.body(ReadCommand.class);
        if (command.seq() < 0) {
            throw ProblemException.invalid(FieldProblem.invalid("seq", "must not be negative"));
        }
        return markRead.read(
                required("room_id", command.roomId()),
                required("user_id", command.userId()),
                command.seq(),
                command.origin());
    }

    private Heads headsOf(InternalRequest request) {
        return changedRooms.of(ids(request.body(HeadsQuery.class).roomIds(), MAX_HEADS));
    }

    private static List<RoomId> ids(@Nullable List<@Nullable RoomId> given, int max) {
        if (given == null || given.contains(null)) {
            throw ProblemException.invalid(FieldProblem.required("room_ids"));
        }
        if (given.size() > max) {
            throw ProblemException.invalid(FieldProblem.invalid("room_ids", "must be at most " + max));
        }
        return given.stream().map(Objects::requireNonNull).toList();
    }

    /// A JSON body may leave out what its record has.
    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw ProblemException.invalid(FieldProblem.required(field));
        }
        return value;
    }

    private static IngestEntry complete(IngestEntry entry) {
        required("room_id", entry.roomId());
        required("sender_id", entry.senderId());
        var origin = required("origin", entry.origin());
        required("origin.gateway_id", origin.gatewayId());
        required("origin.connection_id", origin.connectionId());
        entry.commands().forEach(command -> required("commands.content", command.content()));
        return entry;
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
        var entry = complete(request.body(IngestEntry.class));
        var written = writer.write(List.of(Sends.of(entry)), LockMode.WAIT);
        relay.publish(written.events());
        return switch (written.results().getFirst()) {
            case SendsResult.Decided(var outcomes) -> new CommandsResult(outcomes);
            case SendsResult.RoomBusy() -> throw ProblemException.of(ProblemCode.UNAVAILABLE);
        };
    }
}
