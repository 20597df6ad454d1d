package dev.parley.auth;

import dev.parley.embedded.ChildProcess;
import dev.parley.embedded.ChildProcess.StopSignal;
import dev.parley.embedded.FreePorts;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/// A second auth-service: the packaged one, in a process of its own, on the database, the Redis, the mail server and
/// the key file of the one under test.
public final class Replica implements AutoCloseable {

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Duration READY = Duration.ofMinutes(3);

    private static final List<String> SHARED = List.of(
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.redis.hosts",
            "quarkus.mailer.port",
            "parley.auth.signing-key",
            "parley.auth.signing-key-interval",
            "parley.throttle.login-per-address",
            "parley.throttle.register-per-address",
            "parley.throttle.mail-per-address",
            "parley.internal.credentials.room");

    private final ChildProcess process;
    private final int port;
    private final Path output;

    private Replica(ChildProcess process, int port, Path output) {
        this.process = process;
        this.port = port;
        this.output = output;
    }

    /// Starts it and waits until it is ready. Its output goes to `target/{name}.log`.
    public static Replica start(String name) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("auth-service is not packaged: " + JAR + " is missing");
        }
        var port = FreePorts.next();
        var management = FreePorts.next();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.port=" + management);
        var config = ConfigProvider.getConfig();
        SHARED.forEach(key -> command.add("-D" + key + "=" + config.getValue(key, String.class)));
        command.addAll(List.of("-jar", JAR.toString()));
        var output = Path.of("target", name + ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        var process = ChildProcess.start(name, builder, StopSignal.TERM, Duration.ofSeconds(15));
        try {
            Awaitility.await(name + " is ready")
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> isReady(process, management, output));
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
        return new Replica(process, port, output);
    }

    /// A request to it.
    public RequestSpecification given() {
        return RestAssured.given().port(port);
    }

    /// All that it has logged.
    public String log() {
        return text(output);
    }

    private static boolean isReady(ChildProcess process, int management, Path output) {
        if (!process.isAlive()) {
            throw new IllegalStateException("it ended: " + text(output));
        }
        try {
            return RestAssured.given().port(management).get("/q/health/ready").statusCode() == 200;
        } catch (Exception e) { // nobody listens yet; RestAssured throws the checked cause
            return false;
        }
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
