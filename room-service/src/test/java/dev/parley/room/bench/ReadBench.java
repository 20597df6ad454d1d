package dev.parley.room.bench;

import static dev.parley.room.testing.LargeData.LARGE;
import static dev.parley.room.testing.LargeData.READER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.room.testing.LargeData;
import dev.parley.room.testing.OwnServers;
import dev.parley.room.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// How long reading takes on the data of [LargeData]: a million messages, 10,000 rooms, one with 100,000 participants,
/// for a reader of a thousand rooms, half of which he has not read for long. One request after the other, over HTTP.
///
/// `./parley test -pl room-service -am -Dit.test=ReadBench -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false
/// -Dfailsafe.failIfNoSpecifiedTests=false`
@QuarkusTest
@QuarkusTestResource(
        value = OwnServers.class,
        initArgs = @ResourceArg(name = "parley.search.per-account", value = "100000/1m"),
        restrictToAnnotatedClass = true)
class ReadBench {

    private static final int WARM_UP = 30;
    private static final int CALLS = 100;

    @TestHTTPResource("/chat/")
    URI chat;

    OwnServers servers;

    @Test
    void reads() throws IOException, InterruptedException {
        LargeData.fill(servers.postgres());
        try (var client = HttpClient.newHttpClient()) {
            time(client, "newest 50 messages", "rooms/" + LARGE + "/messages/");
            time(client, "100 messages in the middle", "rooms/" + LARGE + "/messages/?around_seq=100000&limit=100");
            time(client, "500 events of the log", "rooms/" + LARGE + "/events/?after_seq=100000");
            time(client, "50 rooms of 1,002", "rooms/");
            time(client, "a room of 100,000", "rooms/" + LARGE + "/");
            time(client, "unread in 1,002 rooms", "unread/");
            time(client, "search, word of every message", "search/?q=hello");
            time(client, "search, the same in the large room", "search/?q=hello&room_id=" + LARGE);
            time(client, "search, word of 1 in 97", "search/?q=word5");
            time(client, "search, the same in the large room", "search/?q=word5&room_id=" + LARGE);
            time(client, "search, word of 20 messages", "search/?q=term5");
            time(client, "search, common and seldom word", "search/?q=hello+term5");
            time(client, "search, two common, never both", "search/?q=word5+word6");
            time(client, "search, no hits", "search/?q=never");
            time(client, "search, once in 90,000", "search/?q=once&room_id=" + LARGE);
            time(client, "search, the same in all rooms", "search/?q=once");
        }
        System.out.println("bench | " + Machine.load());
    }

    private void time(HttpClient client, String name, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(chat.resolve(path))
                .header("Authorization", "Bearer " + TestTokens.of(READER))
                .build();
        var millis = new double[CALLS];
        for (int i = -WARM_UP; i < CALLS; i++) {
            var begun = System.nanoTime();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        Arrays.sort(millis);
        System.out.printf(
                "bench | %-36s median %7.1f ms, best %7.1f ms, 95th of 100 %7.1f ms%n",
                name, millis[CALLS / 2], millis[0], millis[CALLS * 95 / 100]);
    }
}
