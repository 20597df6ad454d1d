package dev.parley.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.client.http.ParleyException;
import dev.parley.client.http.Rest;
import dev.parley.client.model.Faults;
import dev.parley.client.model.ModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    @Test
    void refreshesOnceForAllWhoWait() throws Exception {
        try (ModelServer server = new ModelServer(Faults.none());
                HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Tokens tokens = loggedIn(server, http, SessionStore.inMemory());
            String first = tokens.access().value();

            var answers = threads.invokeAll(IntStream.range(0, 50)
                    .<java.util.concurrent.Callable<String>>mapToObj(
                            i -> () -> tokens.accessOtherThan(first).value())
                    .toList());

            assertThat(answers.stream().map(Future::resultNow))
                    .hasSize(50)
                    .containsOnly(tokens.access().value());
            assertThat(server.state.refreshes()).isEqualTo(1);
        }
    }

    @Test
    void forgetsASessionThatHasEnded() {
        SessionStore store = SessionStore.inMemory();
        try (ModelServer server = new ModelServer(Faults.none());
                HttpClient http = HttpClient.newHttpClient()) {
            Tokens tokens = loggedIn(server, http, store);
            String first = tokens.access().value();
            server.state.endSession("ada");

            assertThatThrownBy(() -> tokens.accessOtherThan(first))
                    .isInstanceOf(ParleyException.SessionEnded.class)
                    .hasMessageContaining("unauthenticated");
            assertThat(store.load()).isEmpty();
        }
    }

    @Test
    void goesOnAfterARestartWithTheLastRefreshToken(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("session.json");
        try (ModelServer server = new ModelServer(Faults.none());
                HttpClient http = HttpClient.newHttpClient()) {
            Tokens tokens = loggedIn(server, http, SessionStore.inFile(file));
            tokens.accessOtherThan(tokens.access().value());

            Tokens next =
                    new Tokens(new Rest(http, server.origin()), SessionStore.inFile(file), InstantSource.system());

            UUID ada = server.state.user("ada");
            assertThat(next.resume()).map(Session::userId).hasValue(ada);
            assertThat(next.access().value()).isNotEqualTo(tokens.access().value());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void takesNoExpiredTokenForAnotherOne() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        try (ModelServer server = new ModelServer(Faults.none());
                HttpClient http = HttpClient.newHttpClient()) {
            Tokens tokens = loggedIn(server, http, SessionStore.inMemory(), now::get);
            String first = tokens.access().value();
            String second = tokens.accessOtherThan(first).value();

            now.set(Instant.EPOCH.plusSeconds(900));

            assertThat(tokens.accessOtherThan(first).value()).isNotIn(first, second);
        }
    }

    @Test
    void asksAgainWhileASpentRefreshTokenStillHasItsSuccessor() {
        SessionStore store = SessionStore.inMemory();
        try (ModelServer server = new ModelServer(Faults.none());
                HttpClient http = HttpClient.newHttpClient()) {
            Tokens tokens = loggedIn(server, http, store);
            String first = tokens.access().value();
            Session before = store.load().orElseThrow();
            server.lostRefreshes.addAll(List.of("silence", "cut"));

            long began = System.nanoTime();
            String fresh = tokens.accessOtherThan(first).value();

            assertThat(fresh).isNotEqualTo(first);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            assertThat(server.state.refreshes()).isEqualTo(3);
            assertThat(store.load().orElseThrow().refreshToken()).isNotEqualTo(before.refreshToken());
        }
    }

    @Test
    void usesASessionThatCannotBeKept() {
        AtomicBoolean isFull = new AtomicBoolean();
        SessionStore memory = SessionStore.inMemory();
        SessionStore store = new SessionStore() {
            @Override
            public Optional<Session> load() {
                return memory.load();
            }

            @Override
            public void save(Session session) {
                if (isFull.get()) {
                    throw new UncheckedIOException(new IOException("the disk of the test is full"));
                }
                memory.save(session);
            }

            @Override
            public void clear() {
                memory.clear();
            }
        };
        try (ModelServer server = new ModelServer(Faults.none());
                HttpClient http = HttpClient.newHttpClient()) {
            Tokens tokens = loggedIn(server, http, store);
            String first = tokens.access().value();

            isFull.set(true);
            String second = tokens.accessOtherThan(first).value();
            String third = tokens.accessOtherThan(second).value();
            isFull.set(false);
            tokens.accessOtherThan(third);

            assertThat(third).isNotIn(first, second);
            assertThat(store.load()).isEqualTo(tokens.session());
            assertThat(server.state.refreshes()).isEqualTo(3);
        }
    }

    @Test
    void goesOnRefreshingWhenTheCallerIsInterrupted() {
        SessionStore store = SessionStore.inMemory();
        try (ModelServer server = new ModelServer(Faults.none());
                HttpClient http = HttpClient.newHttpClient()) {
            Tokens tokens = loggedIn(server, http, store);
            String first = tokens.access().value();

            synchronized (server.state) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> tokens.accessOtherThan(first)).isInstanceOf(ParleyException.Unreachable.class);
                assertThat(Thread.interrupted()).isTrue();
            }

            assertThat(tokens.accessOtherThan(first).value()).isNotEqualTo(first);
            assertThat(server.state.refreshes()).isEqualTo(1);
            assertThat(store.load()).isEqualTo(tokens.session());
        }
    }

    private static Tokens loggedIn(ModelServer server, HttpClient http, SessionStore store) {
        return loggedIn(server, http, store, InstantSource.system());
    }

    private static Tokens loggedIn(ModelServer server, HttpClient http, SessionStore store, InstantSource clock) {
        Rest rest = new Rest(http, server.origin());
        Tokens tokens = new Tokens(rest, store, clock);
        tokens.begin(rest.post("/auth/login/", Map.of("username", "ada", "password", "a password"), null));
        return tokens;
    }
}
