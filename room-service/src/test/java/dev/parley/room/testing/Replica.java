package dev.parley.room.testing;

import static io.restassured.RestAssured.given;

import dev.parley.embedded.ChildProcess;
import dev.parley.model.event.UserRef;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/// A room service in a process of its own, as it is packaged: it can be stopped and killed.
public final class Replica implements AutoCloseable {

    private static final Path PROGRAM = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final int NO_ANSWER = 0;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    private final ChildProcess process;
    private final int port;
    private final int managementPort;

    private Replica(ChildProcess process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    /// Does not wait until it is ready, or will never be.
    static Replica launch(Map<String, String> settings, int port, int managementPort) {
        if (!Files.exists(PROGRAM)) {
            throw new IllegalStateException("not packaged yet: " + PROGRAM.toAbsolutePath());
        }
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-Xmx256m");
        settings.forEach((name, value) -> words.add("-D" + name + "=" + value));
        words.add("-Dquarkus.http.port=" + port);
        words.add("-Dquarkus.management.port=" + managementPort);
        words.add("-jar");
        words.add(PROGRAM.toString());
        var builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/second-replica.log").toFile());
        var process = ChildProcess.start("room service", builder, ChildProcess.StopSignal.TERM, Duration.ofSeconds(15));
        return new Replica(process, port, managementPort);
    }

    static Replica start(Map<String, String> settings, int port, int managementPort) {
        var replica = launch(settings, port, managementPort);
        replica.awaitReady();
        return replica;
    }

    /// What it says to who asks whether it is ready, as soon as it answers.
    public Response readiness() {
        awaitStatus(status -> status != NO_ANSWER);
        return given().baseUri("http://localhost").port(managementPort).get("/q/health/ready");
    }

    /// A request to this replica with a valid token.
    public RequestSpecification as(UserRef user) {
        return Chat.as(user).baseUri("http://localhost").port(port);
    }

    /// A figure of its metrics, all tags added up.
    public double metric(String name) {
        var text = given().baseUri("http://localhost")
                .port(managementPort)
                .get("/q/metrics")
                .asString();
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// Stops it as it stands (SIGSTOP): its connections stay open and say nothing.
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /// Kills it (SIGKILL).
    public void kill() {
        process.kill();
    }

    public void awaitReady() {
        awaitStatus(status -> status == 200);
    }

    private void awaitStatus(IntPredicate wanted) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            for (var deadline = System.nanoTime() + START_DEADLINE.toNanos(); !wanted.test(status(client, request)); ) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new AssertionError("the second replica did not start; see target/second-replica.log");
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            thaw();
        }
        process.stop();
    }

    private static int status(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return NO_ANSWER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
