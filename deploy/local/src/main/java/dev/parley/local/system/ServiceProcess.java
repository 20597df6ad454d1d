package dev.parley.local.system;

import dev.parley.embedded.ChildProcess;
import dev.parley.embedded.LeftoverProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A service's JVM: started, its output read, its readiness awaited.
final class ServiceProcess implements Running {

    /// A guard only, as a service that ends is noticed at once: two cores with a load of 13 took 86 s.
    private static final Duration READY_DEADLINE = Duration.ofMinutes(4);

    /// Above the services' own `quarkus.shutdown.timeout` of 10 s.
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private static final int REPORTED_LINES = 20;

    private final ServiceSpec spec;
    private final ChildProcess child;
    private final LineBuffer lines = new LineBuffer();

    private ServiceProcess(ServiceSpec spec, ChildProcess child) {
        this.spec = spec;
        this.child = child;
    }

    /// Starts the service and waits until its readiness check passes.
    ///
    /// @param pidFile where it is noted for the next start, should this JVM be killed
    /// @param output takes its lines, each behind the service's label
    /// @throws StartException if it ends or is not ready in time, with its last lines
    static ServiceProcess start(ServiceSpec spec, Path pidFile, HttpClient http, Consumer<String> output) {
        ChildProcess child = ChildProcess.start(spec.name(), command(spec), ChildProcess.StopSignal.TERM, STOP_GRACE);
        LeftoverProcess.note(pidFile, child.handle());
        ServiceProcess process = new ServiceProcess(spec, child);
        // A platform thread: a blocked read of a pipe holds a virtual thread's carrier, and three of them held all.
        Thread.ofPlatform().daemon().name(spec.name() + "-output").start(() -> process.read(output));
        process.awaitReady(http);
        return process;
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return child.onExit();
    }

    @Override
    public void stop() {
        child.stop();
    }

    @Override
    public void kill() {
        child.kill();
    }

    @Override
    public List<String> lastLines() {
        return lines.lines();
    }

    private static ProcessBuilder command(ServiceSpec spec) {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + spec.heap(),
                        "-XX:+ExitOnOutOfMemoryError",
                        // Several JVMs share a small machine. What a socket keeps are small objects: a seventh less
                        // with short headers. G1's marking took a sixth of the room service's processor time, and
                        // the young generation, all of which becomes resident, grew to 120 MiB in each.
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+UseSerialGC",
                        "-Xms96m",
                        "-XX:MaxNewSize=48m",
                        // Netty and the database driver; without these two the JDK warns about them at each start.
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        spec.jar().toString())
                .redirectErrorStream(true);
        Map<String, String> environment = command.environment();
        environment.remove(ExternalServers.POSTGRES_VARIABLE);
        environment.remove(ExternalServers.REDIS_VARIABLE);
        environment.putAll(spec.environment());
        return command;
    }

    private void read(Consumer<String> output) {
        try (BufferedReader reader = child.process().inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                output.accept(spec.label() + " │ " + line);
            }
        } catch (IOException ended) {
            lines.add("(output ended: " + ended.getMessage() + ")");
        }
    }

    private void awaitReady(HttpClient http) {
        long end = System.nanoTime() + READY_DEADLINE.toNanos();
        while (!isReady(http)) {
            if (!child.isAlive()) {
                throw new StartException(
                        spec.name() + " ended with exit code " + child.exitCode() + " before it was ready" + tail());
            }
            if (System.nanoTime() > end) {
                child.stop();
                throw new StartException(
                        spec.name() + " was not ready within " + READY_DEADLINE.toSeconds() + " s" + tail());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean isReady(HttpClient http) {
        URI uri = URI.create("http://127.0.0.1:" + spec.managementPort() + "/q/health/ready");
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Waiting for " + spec.name() + " was interrupted", e);
        }
    }

    private String tail() {
        List<String> all = lines.lines();
        return ". Its last lines:\n    "
                + String.join("\n    ", all.subList(Math.max(0, all.size() - REPORTED_LINES), all.size()));
    }
}
