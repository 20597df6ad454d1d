package dev.parley.room.message;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.participant.Standing;
import dev.parley.room.reaction.Reactions;
import dev.parley.room.user.UserDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads messages for one reader.
@ApplicationScoped
public class History {

    private final MessageRepository messages;
    private final UserDirectory users;
    private final Reactions reactions;

    History(MessageRepository messages, UserDirectory users, Reactions reactions) {
        this.reactions = reactions;
        this.messages = messages;
        this.users = users;
    }

    /// @param limit most items
    HistoryPage page(Standing reader, HistoryPlace place, int limit) {
        return switch (place) {
            case HistoryPlace.Newest() -> olderThan(reader, Long.MAX_VALUE, limit);
            case HistoryPlace.Before(var seq) -> olderThan(reader, seq, limit);
            case HistoryPlace.After(var seq) -> {
                var rows = messages.from(reader.roomId(), seq + 1, limit + 1);
                var before = !messages.before(reader.roomId(), seq + 1, 1).isEmpty();
                yield page(reader, first(rows, limit), before, rows.size() > limit);
            }
            case HistoryPlace.Around(var seq) -> around(reader, seq, limit);
        };
    }

    private HistoryPage olderThan(Standing reader, long seq, int limit) {
        var rows = messages.before(reader.roomId(), seq, limit + 1);
        var after =
                seq != Long.MAX_VALUE && !messages.from(reader.roomId(), seq, 1).isEmpty();
        return page(reader, last(rows, limit), rows.size() > limit, after);
    }

    /// What one side lacks, the other may use: the page is full whenever the history allows.
    private HistoryPage around(Standing reader, long seq, int limit) {
        var older = messages.before(reader.roomId(), seq, limit + 1);
        var newer = messages.from(reader.roomId(), seq, limit + 1);
        var wantedOlder = Math.max(limit / 2, limit - newer.size());
        var shownOlder = last(older, Math.min(wantedOlder, limit));
        var shownNewer = first(newer, limit - shownOlder.size());
        return page(
                reader,
                Stream.concat(shownOlder.stream(), shownNewer.stream()).toList(),
                older.size() > shownOlder.size(),
                newer.size() > shownNewer.size());
    }

    private HistoryPage page(Standing reader, List<MessageEntity> rows, boolean before, boolean after) {
        return new HistoryPage(views(rows, reader.userId(), Map.of(reader.roomId(), reader)), before, after);
    }

    /// @throws ProblemException `message_not_found` if the room has no such message
    MessageView one(Standing reader, MessageId id) {
        return messages.findIn(reader.roomId(), id)
                .map(row -> views(List.of(row), reader.userId(), Map.of(reader.roomId(), reader))
                        .getFirst())
                .orElseThrow(() -> ProblemException.of(ProblemCode.MESSAGE_NOT_FOUND));
    }

    /// The newest message of each of the reader's rooms that has one, in three queries.
    /// @param standings the reader's
    public Map<RoomId, MessageView> latestOf(UserId reader, Collection<Standing> standings) {
        var byRoom = standings.stream().collect(Collectors.toMap(Standing::roomId, standing -> standing));
        return views(messages.latestOfEach(byRoom.keySet()), reader, byRoom).stream()
                .collect(Collectors.toMap(MessageView::roomId, view -> view));
    }

    /// Messages of several rooms, in the order of their places.
    /// @param standings the reader's, by room; messages of other rooms are left out
    public List<MessageView> at(UserId reader, List<MessagePlace> places, Map<RoomId, Standing> standings) {
        var wanted = places.stream()
                .filter(place -> standings.containsKey(place.room()))
                .toList();
        var found = views(messages.findAllAt(wanted), reader, standings).stream()
                .collect(Collectors.toMap(view -> new MessagePlace(view.roomId(), view.seq()), view -> view));
        return wanted.stream().filter(found::containsKey).map(found::get).toList();
    }

    /// @param standings the reader's, by room
    private List<MessageView> views(List<MessageEntity> rows, UserId reader, Map<RoomId, Standing> standings) {
        Map<UserId, UserRef> senders =
                users.refs(rows.stream().map(row -> new UserId(row.senderId)).collect(Collectors.toSet()));
        var kinds = reactions.of(
                rows.stream()
                        .map(row -> new Reactions.MessageKey(new RoomId(row.roomId), new MessageId(row.id)))
                        .toList(),
                reader);
        return rows.stream()
                .map(row -> {
                    var sender = new UserId(row.senderId);
                    var standing = standings.get(new RoomId(row.roomId));
                    return MessageView.of(
                            row,
                            senders.getOrDefault(sender, UserRef.erased(sender)),
                            standing != null && standing.hasRead(sender, row.seq),
                            kinds.getOrDefault(new MessageId(row.id), List.of()));
                })
                .toList();
    }

    private static <T> List<T> first(List<T> rows, int number) {
        return rows.subList(0, Math.min(number, rows.size()));
    }

    private static <T> List<T> last(List<T> rows, int number) {
        return rows.subList(Math.max(0, rows.size() - number), rows.size());
    }
}
