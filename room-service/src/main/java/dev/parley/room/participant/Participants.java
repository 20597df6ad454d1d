package dev.parley.room.participant;

import dev.parley.kit.paging.Page;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.user.UserDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows the participants of rooms, the longest-serving first.
@ApplicationScoped
public class Participants {

    private final ParticipantRepository participants;
    private final UserDirectory users;

    Participants(ParticipantRepository participants, UserDirectory users) {
        this.participants = participants;
        this.users = users;
    }

    /// @param cursor where the page before ended; null for the first
    Page<ParticipantView> page(RoomId room, @Nullable ParticipantCursor cursor, int limit) {
        var rows = cursor == null ? participants.page(room, limit + 1) : participants.page(room, cursor, limit + 1);
        return Page.of(rows, limit, ParticipantCursor::of, this::views);
    }

    /// Who of a room has read up to a `seq`.
    /// @param except who is left out
    /// @param cursor where the page before ended; null for the first
    public Page<ParticipantView> readers(
            RoomId room, long seq, UserId except, @Nullable ReaderCursor cursor, int limit) {
        var after = cursor == null ? ReaderCursor.BEFORE_ALL : cursor;
        var rows = participants.readers(room, seq, except, after, limit + 1);
        return Page.of(rows, limit, ReaderCursor::of, this::views);
    }

    /// The first participants of each of the rooms, in two queries.
    /// @param number most participants a room
    public Map<RoomId, List<ParticipantView>> firstOf(Collection<RoomId> rooms, int number) {
        var rows = participants.firstOfEach(rooms, number);
        var refs = users.refs(rows.stream().map(row -> new UserId(row.userId)).collect(Collectors.toSet()));
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> new RoomId(row.roomId),
                        Collectors.mapping(row -> ParticipantView.of(row, refs), Collectors.toList())));
    }

    /// Those of the users who are in the room, in the order of `ids`, each once.
    List<ParticipantView> named(RoomId room, List<UserId> ids) {
        var views = views(participants.findAllOf(room, Set.copyOf(ids))).stream()
                .collect(Collectors.toMap(view -> view.user().id(), view -> view));
        return ids.stream()
                .distinct()
                .filter(views::containsKey)
                .map(views::get)
                .toList();
    }

    private List<ParticipantView> views(List<ParticipantEntity> rows) {
        var refs = users.refs(rows.stream().map(row -> new UserId(row.userId)).toList());
        return rows.stream().map(row -> ParticipantView.of(row, refs)).toList();
    }
}
