package dev.parley.gateway.scene;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.kit.json.JsonDialect;
import dev.parley.model.event.EventRoom;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.EventPage;
import dev.parley.model.internal.Heads;
import dev.parley.model.internal.HeadsQuery;
import dev.parley.model.internal.Participants;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.internal.ReadCursor;
import dev.parley.model.internal.Standing;
import dev.parley.model.internal.Standings;
import dev.parley.model.internal.StandingsQuery;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rooms of a played room service, in memory instead of in PostgreSQL. Thread-safe.
final class PlayedRooms {

    static final Instant TIME = Instant.parse("2026-11-22T14:23:05.120Z");
    private static final long OVERLAP_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int EPOCH = 1;

    record Write(SendOutcome outcome, List<RelayEntry> relayed) {}

    private record Membership(Heads.MembershipChange change, long nanos) {}

    private final Map<RoomId, List<RelayEntry>> logs = new HashMap<>();
    private final Map<RoomId, Set<UserId>> participants = new HashMap<>();
    private final Map<String, SendOutcome.Stored> stored = new HashMap<>();
    private final Map<String, Long> cursors = new HashMap<>();
    private final List<Membership> memberships = new ArrayList<>();
    private final ObjectMapper json = JsonDialect.newMapper();

    synchronized RoomId add(UserId... users) {
        var room = RoomId.random();
        logs.put(room, new ArrayList<>());
        participants.put(room, new HashSet<>(Set.of(users)));
        for (var user : users) {
            note(room, user, 0, true);
        }
        return room;
    }

    synchronized int logSize(RoomId room) {
        return logs.get(room).size();
    }

    static EventRoom view(RoomId room) {
        return new EventRoom(room, "group", "played", TIME, 2);
    }

    synchronized Write write(RoomId room, UserId sender, SendCommand command, RelayEntry.Cause cause) {
        if (!participants.getOrDefault(room, Set.of()).contains(sender)) {
            return new Write(new SendOutcome.Refused(ProblemCode.ROOM_NOT_FOUND, "There is no such room"), List.of());
        }
        var key = room + "/" + sender + "/" + command.clientMessageId();
        var first = command.clientMessageId() == null ? null : stored.get(key);
        if (first != null) {
            return new Write(
                    new SendOutcome.Stored(first.messageId(), first.seq(), first.timestamp(), true), List.of());
        }
        var message = MessageId.random();
        var body = ",\"content\":" + quoted(command.content());
        var entry = commit(room, "message.created", sender, cause, message, List.of(), body);
        stored.put(key, new SendOutcome.Stored(message, entry.seq(), entry.timestamp(), false));
        return new Write(stored.get(key), List.of(entry));
    }

    synchronized RelayEntry announce(RoomId room, String type, UserId actor, List<UserId> users) {
        return commit(room, type, actor, null, null, users, "");
    }

    synchronized RelayEntry join(RoomId room, UserId user) {
        participants.get(room).add(user);
        var entry = announce(room, "participant.added", user, List.of(user));
        note(room, user, entry.seq(), true);
        return entry;
    }

    synchronized RelayEntry remove(RoomId room, UserId user) {
        participants.get(room).remove(user);
        var entry = announce(room, "participant.removed", user, List.of(user));
        note(room, user, entry.seq(), false);
        return entry;
    }

    synchronized RelayEntry delete(RoomId room, UserId actor) {
        var users = participants.put(room, new HashSet<>());
        var entry = announce(room, "room.deleted", actor, List.of());
        users.forEach(user -> note(room, user, entry.seq(), false));
        return entry;
    }

    private void note(RoomId room, UserId user, long seq, boolean isIn) {
        memberships.add(new Membership(
                new Heads.MembershipChange(room, user, seq, isIn ? view(room) : null), System.nanoTime()));
    }

    private RelayEntry commit(
            RoomId room,
            String type,
            UserId actor,
            RelayEntry.Cause cause,
            MessageId message,
            List<UserId> users,
            String more) {
        var log = logs.get(room);
        var seq = log.size() + 1;
        var body = "{\"type\":\"%s\",\"room_id\":\"%s\",\"seq\":%d%s}".formatted(type, room, seq, more);
        var entry = new RelayEntry(room, EPOCH, seq, type, TIME, actor, cause, message, users, body);
        log.add(entry);
        return entry;
    }

    private String quoted(String text) {
        try {
            return json.writeValueAsString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return null when the user is no participant
    synchronized Standing standing(RoomId room, UserId user) {
        return participants.getOrDefault(room, Set.of()).contains(user)
                ? new Standing(logs.get(room).size(), EPOCH)
                : null;
    }

    /// @return null when there is no such room
    synchronized Participants participants(RoomId room, int limit) {
        var users = participants.get(room);
        if (users == null) {
            return null;
        }
        var listed = users.size() > limit ? List.<UserId>of() : List.copyOf(users);
        return new Participants(logs.get(room).size(), users.size(), listed);
    }

    synchronized Standings standings(StandingsQuery query) {
        if (query.roomIds().size() > 100) {
            throw new IllegalArgumentException("at most 100 rooms");
        }
        var items = new ArrayList<Standings.Item>();
        for (var room : query.roomIds()) {
            var standing = standing(room, query.userId());
            if (standing != null) {
                items.add(new Standings.Item(room, standing));
            }
        }
        return new Standings(items);
    }

    /// @return null when the user is no participant
    synchronized ReadCursor read(ReadCommand command) {
        var standing = standing(command.roomId(), command.userId());
        if (standing == null) {
            return null;
        }
        var seq = cursors.merge(
                command.roomId() + "/" + command.userId(), Math.min(command.seq(), standing.lastSeq()), Math::max);
        return new ReadCursor(seq, (int) (standing.lastSeq() - seq));
    }

    synchronized EventPage events(RoomId room, int afterSeq, int limit) {
        var log = logs.get(room);
        var from = Math.min(afterSeq, log.size());
        return new EventPage(List.copyOf(log.subList(from, Math.min(log.size(), from + limit))), log.size(), EPOCH);
    }

    synchronized Heads heads(String since) {
        var heads = logs.keySet().stream().map(this::head).toList();
        var now = System.nanoTime();
        memberships.removeIf(each -> now - each.nanos() > OVERLAP_NANOS);
        return new Heads(
                "w",
                since != null,
                since != null,
                since == null ? List.of() : heads,
                since == null
                        ? List.of()
                        : memberships.stream().map(Membership::change).toList());
    }

    synchronized Heads headsOf(HeadsQuery query) {
        if (query.roomIds().size() > 1_000) {
            throw new IllegalArgumentException("at most 1,000 rooms");
        }
        return new Heads(
                "w",
                true,
                true,
                query.roomIds().stream()
                        .filter(logs::containsKey)
                        .map(this::head)
                        .toList(),
                List.of());
    }

    private Heads.Head head(RoomId room) {
        return new Heads.Head(room, logs.get(room).size(), EPOCH);
    }
}
