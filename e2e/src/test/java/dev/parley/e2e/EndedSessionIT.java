package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.local.system.LocalSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whoever logs out is out everywhere: over REST of every service, and on every open socket.
@ExtendWith(RunningSystem.class)
class EndedSessionIT {

    private static final Duration PROMISE = Duration.ofSeconds(2);
    private static final Duration PROMISE_WITHOUT_REDIS = Duration.ofSeconds(30);

    @Test
    void endsEverywhereWithinTwoSeconds(LocalSystem system) throws Exception {
        Person anna = Person.register(system, "anna");
        Person boris = Person.register(system, "boris");
        String room = anna.createGroup("logging out", List.of(boris));
        CompletableFuture<String> end = new CompletableFuture<>();

        try (ChatSocket socket = ChatSocket.open(system, anna.socketPath(room), frame -> {}, end::complete);
                ChatSocket other = ChatSocket.open(system, boris.socketPath(room))) {
            socket.next("hello");
            other.next("hello");
            long loggedOutAt = logOut(anna);

            assertEnded(system, anna, room, end, loggedOutAt, PROMISE);
            boris.asking().get("/chat/rooms/").then().statusCode(200);
            other.send(Map.of("type", "ping", "id", "there"));
            assertThat(other.next("pong").path("id").textValue()).isEqualTo("there");
        }
    }

    @Test
    void endsEverywhereWithinThirtySecondsWhenRedisIsKilledAtThatMoment(LocalSystem system) throws Exception {
        Person anna = Person.register(system, "anna");
        String room = anna.createGroup("logging out", List.of());
        CompletableFuture<String> end = new CompletableFuture<>();

        try (ChatSocket socket = ChatSocket.open(system, anna.socketPath(room), frame -> {}, end::complete)) {
            socket.next("hello");
            system.redis().kill();
            try {
                long loggedOutAt = logOut(anna);

                assertEnded(system, anna, room, end, loggedOutAt, PROMISE_WITHOUT_REDIS);
            } finally {
                system.redis().start();
            }
        }
    }

    /// When the answer was here.
    private static long logOut(Person person) {
        person.asking().body("{}").post("/auth/logout/").then().statusCode(204);
        return System.nanoTime();
    }

    private static void assertEnded(
            LocalSystem system,
            Person person,
            String room,
            CompletableFuture<String> end,
            long loggedOutAt,
            Duration promise)
            throws Exception {
        long deadline = loggedOutAt + promise.toNanos();
        assertThat(end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)).startsWith("closed with 4401 ");
        int status;
        do {
            status = person.asking().get("/chat/rooms/").statusCode();
        } while (status != 401 && System.nanoTime() < deadline);
        person.asking()
                .get("/chat/rooms/")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue())
                .body("code", equalTo("unauthenticated"));
        person.asking().get("/auth/me/").then().statusCode(401);
        assertThat(ChatSocket.refusal(system, person.socketPath(room))).isEqualTo(401);
        System.out.printf("session ended everywhere after %.2f s%n", (System.nanoTime() - loggedOutAt) / 1e9);
    }
}
