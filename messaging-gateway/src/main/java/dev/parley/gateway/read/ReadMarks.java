package dev.parley.gateway.read;

import dev.parley.gateway.frame.ServerFrame;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.internal.ReadCursor;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.Origin;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The `read` frames of one connection: per room one move is under way, and what comes meanwhile goes together into
/// the next, which answers all of them. A cursor never moves back, so of several the furthest counts.
///
/// Thread: the socket's event loop.
public final class ReadMarks {

    private static final int ROOMS_LIMIT = 1_000;
    private static final int IDS_LIMIT = 64;
    private static final int NOT_FOUND = 404;
    private static final String TOO_MANY = "too many reads are on their way";
    private static final String NOT_MOVED = "the cursor could not be moved now; send it again";

    /// What waits for one room while a move is under way.
    private static final class Lane {

        private final List<String> ids = new ArrayList<>();
        private boolean waits;
        private long seq;
    }

    private final UserId userId;
    private final Origin origin;
    private final ReadCursors cursors;
    private final Executor loop;
    private final Consumer<ServerFrame> answer;
    private final Map<RoomId, Lane> lanes = new HashMap<>();

    /// @param loop the socket's event loop
    /// @param answer takes frames for the client; drops them when the connection has ended
    public ReadMarks(UserId userId, Origin origin, ReadCursors cursors, Executor loop, Consumer<ServerFrame> answer) {
        this.userId = userId;
        this.origin = origin;
        this.cursors = cursors;
        this.loop = loop;
        this.answer = answer;
    }

    public void read(Optional<String> id, RoomId room, long seq) {
        var lane = lanes.get(room);
        if (lane == null ? lanes.size() >= ROOMS_LIMIT : id.isPresent() && lane.ids.size() >= IDS_LIMIT) {
            id.ifPresent(known -> answer.accept(ServerFrame.Failure.of(known, ProblemCode.RATE_LIMITED, TOO_MANY)));
            return;
        }
        if (lane == null) {
            lanes.put(room, new Lane());
            move(room, seq, id.stream().toList());
        } else {
            lane.seq = lane.waits ? Math.max(lane.seq, seq) : seq;
            lane.waits = true;
            id.ifPresent(lane.ids::add);
        }
    }

    private void move(RoomId room, long seq, List<String> ids) {
        cursors.move(new ReadCommand(room, userId, seq, origin))
                .whenComplete((cursor, failure) -> loop.execute(() -> moved(room, ids, cursor, failure)));
    }

    private void moved(RoomId room, List<String> ids, @Nullable ReadCursor cursor, @Nullable Throwable failure) {
        ids.forEach(id -> answer.accept(
                cursor == null
                        ? refusal(id, failure)
                        : new ServerFrame.ReadAck(id, cursor.lastReadSeq(), cursor.unreadCount())));
        var lane = lanes.get(room);
        if (lane == null || !lane.waits) {
            lanes.remove(room);
            return;
        }
        var next = List.copyOf(lane.ids);
        lane.ids.clear();
        lane.waits = false;
        move(room, lane.seq, next);
    }

    private static ServerFrame refusal(String id, @Nullable Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof WebApplicationException refused
                        && refused.getResponse().getStatus() == NOT_FOUND
                ? ServerFrame.Failure.of(id, ProblemCode.ROOM_NOT_FOUND, ProblemCode.ROOM_NOT_FOUND.title())
                : ServerFrame.Failure.of(id, ProblemCode.UNAVAILABLE, NOT_MOVED);
    }
}
