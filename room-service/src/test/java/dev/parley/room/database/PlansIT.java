package dev.parley.room.database;

import static dev.parley.room.testing.LargeData.LARGE;
import static dev.parley.room.testing.LargeData.READER;
import static dev.parley.room.testing.LargeData.SMALL;
import static dev.parley.room.testing.LargeData.message;
import static dev.parley.room.testing.LargeData.room;
import static dev.parley.room.testing.LargeData.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendCommand;
import dev.parley.room.log.LockMode;
import dev.parley.room.message.MessageWriter;
import dev.parley.room.message.Sends;
import dev.parley.room.testing.Chat;
import dev.parley.room.testing.LargeData;
import dev.parley.room.testing.Management;
import dev.parley.room.testing.OwnServers;
import dev.parley.room.testing.PlanLog;
import dev.parley.room.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How PostgreSQL carries out what each request asks of it, on the data of [LargeData]: by index, looking at a bounded
/// number of rows. The statements are the service's own, caught by [PlanLog] while the endpoints are called.
@QuarkusTest
@QuarkusTestResource(
        value = OwnServers.class,
        initArgs = @ResourceArg(name = OwnServers.EXPLAIN, value = "true"),
        restrictToAnnotatedClass = true)
class PlansIT {

    /// A page, and the 1,000 messages that counting looks at; and the rooms of a user, which a list has to sort.
    private static final long MOST_ROWS = 1_200;

    private static final Pattern USER = Pattern.compile("USER(\\d+)");
    private static final Pattern MESSAGE = Pattern.compile("MESSAGE(\\d+)");

    private static boolean filled;

    @Inject
    MessageWriter writer;

    OwnServers servers;

    private PlanLog log;

    @BeforeEach
    void setUp() {
        if (!filled) {
            // Sessions that have made their plans on empty tables are the ones that go on later.
            for (int i = 0; i < 20; i++) {
                Chat.as(READER).get("/chat/rooms/");
                Chat.as(READER).get("/chat/rooms/" + LARGE + "/messages/");
                Chat.send(READER, LARGE, "nobody is here yet");
            }
            LargeData.fill(servers.postgres());
            filled = true;
        }
        log = PlanLog.of(servers.postgres());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rooms                     | GET    | rooms/?limit=100                                       |
            rooms, next page          | GET    | rooms/?limit=20&cursor=CURSOR                          |
            private room of a pair    | GET    | rooms/?room_type=private&peer_id=USER2                 |
            making an existing pair   | POST   | rooms/ | {"room_type":"private","participant_ids":["USER2"]}
            making a group            | POST   | rooms/ | {"room_type":"group","name":"x","participant_ids":["USER2"],"client_room_id":"c"}
            large room                | GET    | rooms/LARGE/                                           |
            renaming                  | PATCH  | rooms/LARGE/                                           | {"name":"new"}
            newest messages           | GET    | rooms/LARGE/messages/?limit=100                        |
            messages before           | GET    | rooms/LARGE/messages/?before_seq=100000&limit=100      |
            messages after            | GET    | rooms/LARGE/messages/?after_seq=100000&limit=100       |
            messages around           | GET    | rooms/LARGE/messages/?around_seq=100000&limit=100      |
            one message               | GET    | rooms/LARGE/messages/MESSAGE1/                         |
            sending                   | POST   | rooms/LARGE/messages/                                  | {"content":"x","client_message_id":"new"}
            sending again             | POST   | rooms/LARGE/messages/                                  | {"content":"x","client_message_id":"new"}
            replying                  | POST   | rooms/LARGE/messages/                                  | {"content":"x","reply_to_id":"MESSAGE1"}
            editing                   | PATCH  | rooms/LARGE/messages/MESSAGE100000/                    | {"content":"new"}
            deleting                  | DELETE | rooms/LARGE/messages/MESSAGE100000/                    |
            log                       | GET    | rooms/LARGE/events/?after_seq=100000                   |
            participants              | GET    | rooms/LARGE/participants/?limit=100                    |
            participants, next page   | GET    | rooms/LARGE/participants/?limit=100&cursor=CURSOR      |
            adding a participant      | POST   | rooms/LARGE/participants/                              | {"user_ids":["USER100001"]}
            promoting                 | PATCH  | rooms/LARGE/participants/USER100001/                   | {"role":"admin"}
            removing a participant    | DELETE | rooms/LARGE/participants/USER100001/                   |
            reading on                | POST   | rooms/LARGE/read/                                      | {"seq":150000}
            unread                    | GET    | unread/                                                |
            readers                   | GET    | rooms/LARGE/messages/MESSAGE1/readers/?limit=100       |
            reacting                  | PUT    | rooms/LARGE/messages/MESSAGE1/reactions/👍/            |
            who reacted               | GET    | rooms/LARGE/messages/MESSAGE1/reactions/👍/?limit=100  |
            taking it back            | DELETE | rooms/LARGE/messages/MESSAGE1/reactions/👍/            |
            """)
    void looksUpByIndex(String name, Method method, String path, String body) {
        var request = Chat.as(READER);
        if (body != null) {
            request.body(filledIn(body));
        }
        var cursor = path.contains("CURSOR")
                ? Chat.as(READER)
                        .get("/chat/" + filledIn(path).replaceAll("&cursor=.*", ""))
                        .<String>path("next_cursor")
                : "";
        log.skip();

        var answer = request.request(method, "/chat/" + filledIn(path).replace("CURSOR", cursor));

        assertThat(answer.statusCode()).as(answer.asString()).isBetween(200, 204);
        assertIndexed(name);
    }

    /// `hello` is in every message; `once` in the 90,000 oldest of the large room, before 110,000 without it.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            common word                   | q=hello                     | walk                     | 1100
            common word of a room         | q=hello&room_id=LARGE       | walk                     | 260
            common word, next page        | q=hello&cursor=CURSOR       | walk                     | 1100
            frequent word                 | q=word5                     | walk index               | 5001
            frequent word of a room       | q=word5&room_id=LARGE       | walk index               | 5001
            seldom word                   | q=term5                     | walk index               | 5001
            common and seldom word        | q=hello+term5               | walk index               | 5001
            the same, of a room           | q=hello+term5&room_id=LARGE | walk index               | 5001
            two that are never together   | q=word5+word6               | walk index               | 5001
            no hits                       | q=never                     | walk index               | 5001
            common before a long time     | q=once&room_id=LARGE        | walk index walk index    | 90000
            """)
    void searchesByIndex(String name, String query, String ways, long mostRows) {
        var path = "/chat/search/?" + filledIn(query);
        var cursor = path.contains("CURSOR")
                ? Chat.as(READER).get(path.replaceAll("&cursor=.*", "")).<String>path("next_cursor")
                : "";
        log.skip();

        var answer = Chat.as(READER).get(path.replace("CURSOR", cursor));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        var plans = log.next();
        assertIndexed(plans, mostRows);
        var taken = plans.stream()
                .map(plan -> plan.statement().contains("AS place")
                        ? "walk"
                        : plan.statement().contains("WITH slices") ? "index" : "")
                .filter(way -> !way.isEmpty())
                .toList();
        assertThat(String.join(" ", taken).replaceAll("(walk ?)+", "walk ").strip())
                .isEqualTo(ways);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            standing      | GET  | standing?room_id=LARGE&user_id=USER1        |
            log           | GET  | events?room_id=LARGE&after_seq=100000       |
            participants  | GET  | participants?room_id=LARGE&limit=100        |
            changed rooms | GET  | heads                                       |
            standings     | POST | standings | {"user_id":"USER1","room_ids":["LARGE","SMALL"]}
            heads         | POST | heads     | {"room_ids":["LARGE","SMALL"]}
            reading on    | POST | read      | {"room_id":"LARGE","user_id":"USER2","seq":5}
            """)
    void answersGatewaysByIndex(String name, Method method, String path, String body) {
        var request = Management.asGateway().contentType("application/json");
        if (body != null) {
            request.body(filledIn(body));
        }

        var answer = request.request(method, "/internal/" + filledIn(path));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertIndexed(name);
    }

    @Test
    void findsTheRoomsThatChangedByIndex() {
        var watermark = Management.asGateway().get("/internal/heads").<String>path("watermark");
        Chat.send(READER, LARGE, "a change").then().statusCode(201);
        log.skip();

        // An answer serves all gateways for a moment; the one after it asks the database.
        var plans = log.next();
        for (var deadline = System.nanoTime() + 10_000_000_000L; plans.isEmpty(); plans = log.next()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Management.asGateway()
                    .get("/internal/heads?since=" + watermark)
                    .then()
                    .statusCode(200);
        }

        assertIndexed(plans);
    }

    @Test
    void storesABatchByIndex() {
        var batch = IntStream.range(0, 200)
                .mapToObj(i -> new Sends(
                        i % 2 == 0 ? LARGE : room(2 + i),
                        user(1),
                        new Origin("g", "c"),
                        List.of(new SendCommand(i, "batch-" + i, "content", i % 2 == 0 ? message(1 + i) : null))))
                .toList();
        for (int i = 0; i < 8; i++) {
            writer.write(batch, LockMode.SKIP_LOCKED);
        }
        log.skip();

        writer.write(List.of(batch.getFirst()), LockMode.SKIP_LOCKED);
        var fresh = batch.stream()
                .map(sends -> new Sends(
                        sends.roomId(),
                        sends.senderId(),
                        sends.origin(),
                        List.of(new SendCommand(
                                1, "again-" + sends.commands().getFirst().ref(), "content", null))))
                .toList();
        writer.write(fresh, LockMode.WAIT);

        assertIndexed("a batch");
    }

    /// What this test is worth: a statement without an index is caught.
    @Test
    void catchesAScan() throws SQLException {
        try (var connection = new Sql(servers.postgres()).connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM messages WHERE content = 'x'");
        }
        var plans = log.next();

        assertThat(plans).hasSize(1);
        assertThatThrownBy(() -> assertIndexed(plans)).hasMessageContaining("WHERE content = 'x'");
    }

    private void assertIndexed(String name) {
        var plans = log.next();
        assertThat(plans).as(name + " asks the database").isNotEmpty();
        assertIndexed(plans);
    }

    private static void assertIndexed(List<PlanLog.Plan> plans) {
        assertIndexed(plans, MOST_ROWS);
    }

    private static void assertIndexed(List<PlanLog.Plan> plans, long mostRows) {
        var faults = new ArrayList<String>();
        for (var plan : plans) {
            for (var step : plan.steps()) {
                if (step.type().equals("Seq Scan") || step.rowsSeenEachTime() > mostRows) {
                    faults.add(step.type() + " " + step.table() + " " + step.index() + ", " + step.rowsSeenEachTime()
                            + " rows, in: " + plan.statement());
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static String filledIn(String text) {
        var filled = text.replace("LARGE", LARGE.toString()).replace("SMALL", SMALL.toString());
        filled = USER.matcher(filled)
                .replaceAll(match -> user(Long.parseLong(match.group(1))).toString());
        return MESSAGE.matcher(filled)
                .replaceAll(match -> message(Long.parseLong(match.group(1))).toString());
    }
}
