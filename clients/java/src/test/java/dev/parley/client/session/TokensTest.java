package dev.parley.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.client.http.ParleyException;
import dev.parley.client.http.Rest;
import dev.parley.client.model.Faults;
import dev.parley.client.model.ModelServer;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    private static Tokens loggedIn(ModelServer server, HttpClient http, SessionStore store) {
        Rest rest = new Rest(http, server.origin());
        Tokens tokens = new Tokens(rest, store, InstantSource.system());
        tokens.begin(rest.post("/auth/login/", Map.of("username", "ada", "password", "a password"), null));
        return tokens;
    }
}
