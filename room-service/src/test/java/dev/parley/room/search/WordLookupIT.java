package dev.parley.room.search;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendCommand;
import dev.parley.room.database.Database;
import dev.parley.room.log.LockMode;
import dev.parley.room.message.MessageWriter;
import dev.parley.room.message.Sends;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a word's frequency, and whichever way finds it, the hits are the same. A large room has messages between
/// those of small ones, in the order in which they were stored; all have `common`.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class WordLookupIT {

    private static final int ROUNDS = 60;
    private static final int OF_ROUND = 100;
    private static final int SMALL_ROOMS = 5;

    private static final long ALWAYS = 1_000_000;
    private static final long NEVER = -1_000_000;

    /// Each way of its own, ways that end in the midst of things, and those of production.
    private static final List<WordLookup.Bounds> WAYS = List.of(
            new WordLookup.Bounds(ALWAYS, ALWAYS, -1),
            new WordLookup.Bounds(NEVER, NEVER, ALWAYS),
            new WordLookup.Bounds(NEVER, NEVER, -1),
            new WordLookup.Bounds(300, 3_000, 50),
            WordLookup.Bounds.PRODUCTION);

    /// A stored message, as the test knows it.
    private record Stored(RoomId room, long seq, String content) {}

    private static @Nullable UserRef anna;
    private static final List<RoomId> ROOMS = new ArrayList<>();
    private static final List<Stored> NEWEST_FIRST = new ArrayList<>();

    @Inject
    Database database;

    @Inject
    MessageWriter writer;

    FakeAuthService auth;

    @BeforeEach
    void setUp() {
        if (anna != null) {
            return;
        }
        anna = auth.register("anna");
        var stranger = auth.register("stranger");
        for (int i = 0; i <= SMALL_ROOMS; i++) {
            ROOMS.add(group(anna));
        }
        var others = group(stranger);
        for (int round = 0; round < ROUNDS; round++) {
            store(anna, ROOMS.getFirst(), round, OF_ROUND);
            store(anna, ROOMS.get(1 + round % SMALL_ROOMS), round, 7);
            store(stranger, others, round, 3);
        }
        NEWEST_FIRST.removeIf(stored -> stored.room().equals(others));
    }

    private void store(UserRef sender, RoomId room, int round, int number) {
        var contents = new ArrayList<String>();
        for (int i = 0; i < number; i++) {
            var n = round * OF_ROUND + i;
            contents.add("common text" + n
                    + (n % 3 == 0 ? " third" : " other")
                    + (n % 997 == 5 ? " seldom" : "")
                    + (round < ROUNDS / 3 ? " once" : "")
                    + (round >= ROUNDS - 2 ? " lately" : ""));
        }
        var commands = new ArrayList<SendCommand>();
        for (var content : contents) {
            commands.add(new SendCommand(commands.size(), room + "-" + round + "-" + commands.size(), content, null));
        }
        var written =
                writer.write(List.of(new Sends(room, sender.id(), new Origin("g", "c"), commands)), LockMode.WAIT);
        assertThat(written.events()).hasSize(number);
        var seq = 1
                + NEWEST_FIRST.stream()
                        .filter(stored -> stored.room().equals(room))
                        .count();
        for (var content : contents) {
            NEWEST_FIRST.addFirst(new Stored(room, seq++, content));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "common",
                "third",
                "seldom",
                "once",
                "lately",
                "nothing",
                "common third",
                "common seldom",
                "third once",
                "once lately",
                "third other",
                "text17",
                "common nothing",
                "once seldom"
            })
    void findsTheSameEveryWay(String query) {
        for (var rooms : List.of(ROOMS, List.of(ROOMS.getFirst()), ROOMS.subList(1, ROOMS.size()))) {
            var expected = expected(query, rooms);
            for (var way : WAYS) {
                var lookup = new WordLookup(database, way);

                assertThat(allPages(lookup, query, rooms, 701))
                        .as(way.toString())
                        .isEqualTo(expected);
                assertThat(places(page(lookup, query, rooms, SearchCursor.NEWEST.before(), 51)))
                        .as(way.toString())
                        .isEqualTo(expected.subList(0, Math.min(51, expected.size())));
            }
        }
    }

    @Test
    void pagesThroughThousandsWithNothingMissingOrTwice() {
        var expected = expected("common", ROOMS);
        assertThat(expected).hasSizeGreaterThan(5_000);

        var found = new ArrayList<Place>();
        String cursor = null;
        do {
            var page = search("common", cursor);
            for (var item : page.<List<Map<String, Object>>>path("items")) {
                found.add(new Place(
                        RoomId.fromString((String) item.get("room_id")), ((Number) item.get("seq")).longValue()));
            }
            cursor = page.path("next_cursor");
        } while (cursor != null);

        assertThat(found).isEqualTo(expected);
    }

    private Response search(String query, @Nullable String cursor) {
        var request = as(anna).queryParam("q", query).queryParam("limit", 100);
        if (cursor != null) {
            request.queryParam("cursor", cursor);
        }
        return request.get("/chat/search/").then().statusCode(200).extract().response();
    }

    private record Place(RoomId room, long seq) {}

    private static List<Place> allPages(WordLookup lookup, String query, List<RoomId> rooms, int limit) {
        var found = new ArrayList<Place>();
        var before = SearchCursor.NEWEST.before();
        List<Hit> page;
        do {
            page = page(lookup, query, rooms, before, limit);
            found.addAll(places(page));
            before = page.isEmpty() ? before : page.getLast().id();
        } while (page.size() == limit);
        return found;
    }

    private static List<Hit> page(WordLookup lookup, String query, List<RoomId> rooms, UUID before, int limit) {
        return lookup.newest(new Wanted(rooms, List.of(query.split(" ")), before, limit));
    }

    private static List<Place> places(List<Hit> hits) {
        return hits.stream()
                .map(hit -> new Place(hit.place().room(), hit.place().seq()))
                .toList();
    }

    /// Found by reading everything.
    private static List<Place> expected(String query, List<RoomId> rooms) {
        return NEWEST_FIRST.stream()
                .filter(stored -> rooms.contains(stored.room())
                        && List.of(stored.content().split(" ")).containsAll(List.of(query.split(" "))))
                .map(stored -> new Place(stored.room(), stored.seq()))
                .toList();
    }
}
