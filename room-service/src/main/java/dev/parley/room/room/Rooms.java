package dev.parley.room.room;

import dev.parley.kit.paging.Page;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.message.History;
import dev.parley.room.participant.Participants;
import dev.parley.room.participant.Standings;
import dev.parley.room.read.ReadCursors;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows rooms to a participant. However many rooms: one query for the rows and a constant number for the rest.
@ApplicationScoped
class Rooms {

    /// Participants shown with a room on its own.
    private static final int PARTICIPANTS_OF_ONE = 100;

    /// Participants shown with each room of a list.
    private static final int PARTICIPANTS_IN_LIST = 10;

    private final RoomRepository rooms;
    private final Standings standings;
    private final Participants participants;
    private final History history;
    private final ReadCursors cursors;

    Rooms(RoomRepository rooms, Standings standings, Participants participants, History history, ReadCursors cursors) {
        this.rooms = rooms;
        this.standings = standings;
        this.participants = participants;
        this.history = history;
        this.cursors = cursors;
    }

    /// @throws ProblemException `room_not_found` if there is no such room, or none for this reader
    RoomView one(RoomId id, UserId reader) {
        return rooms.findPresent(id).stream()
                .flatMap(row -> views(List.of(row), reader, PARTICIPANTS_OF_ONE).stream())
                .findFirst()
                .orElseThrow(() -> ProblemException.of(ProblemCode.ROOM_NOT_FOUND));
    }

    /// The reader's rooms, the latest activity first.
    Page<RoomView> page(UserId reader, RoomFilter filter, @Nullable RoomCursor cursor, int limit) {
        var rows = rooms.page(reader, filter, cursor, limit + 1);
        return Page.of(rows, limit, RoomCursor::of, shown -> views(shown, reader, PARTICIPANTS_IN_LIST));
    }

    /// Leaves out rooms that the reader is not in, or no longer.
    private List<RoomView> views(List<RoomEntity> rows, UserId reader, int participantsShown) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var ids = rows.stream().map(RoomEntity::roomId).toList();
        var own = standings.of(reader, ids);
        var firstParticipants = participants.firstOf(own.keySet(), participantsShown);
        var lastMessages = history.latestOf(reader, own.values());
        var unread = cursors.unread(reader, own.keySet());
        return rows.stream()
                .filter(row -> own.containsKey(row.roomId()))
                .map(row -> RoomView.of(
                        row,
                        own.get(row.roomId()),
                        firstParticipants.getOrDefault(row.roomId(), List.of()),
                        lastMessages.get(row.roomId()),
                        unread.getOrDefault(row.roomId(), 0)))
                .toList();
    }
}
