package dev.parley.auth.bench;

import dev.parley.embedded.ChildProcess;
import dev.parley.embedded.ChildProcess.StopSignal;
import dev.parley.embedded.FreePorts;
import dev.parley.embedded.MailCatcher;
import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Logins and refreshes a second of one packaged auth-service over loopback, what CPU time each costs it, and beside
/// them what this machine does at that moment: bare Argon2id hashes of the same cost.
public final class LoginBench {

    private static final int CLIENTS = 4;
    private static final Duration PHASE = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final String PASSWORD = "correct horse battery staple";
    private static final Pattern REFRESH_TOKEN = Pattern.compile("\"refresh_token\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ChildProcess service;
    private final int port;

    private LoginBench(ChildProcess service, int port) {
        this.service = service;
        this.port = port;
    }

    /// One unit of work of one client, again and again.
    private interface Work {
        void once() throws Exception;
    }

    private record Result(int count, double perSecond, double cpuMillisEach) {

        void print(String name) {
            System.out.printf(
                    Locale.ROOT, "%-16s %8.1f /s %8.2f ms CPU each   (%d)%n", name, perSecond, cpuMillisEach, count);
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%d processors, load %.1f%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        var key = newKey();
        try (var postgres = PostgresServer.start();
                var redis = RedisServer.start();
                var mail = MailCatcher.start()) {
            postgres.createDatabase("parley_auth", "parley_auth", "parley_auth");
            var port = FreePorts.next();
            var command = command(port, postgres.jdbcUrl("parley_auth"), redis.uri(), mail.port(), key);
            try (var service = ChildProcess.start("auth-service", command, StopSignal.TERM, Duration.ofSeconds(15))) {
                new LoginBench(service, port).run();
            }
        } finally {
            Files.deleteIfExists(key);
        }
    }

    private void run() throws Exception {
        awaitStart();
        var hashes =
                measure(Runtime.getRuntime().availableProcessors(), ProcessHandle.current(), i -> LoginBench::hash);
        var tokens = new ArrayList<String>();
        for (int i = 0; i < CLIENTS; i++) {
            tokens.add(post(
                    "/auth/register/",
                    "{\"username\":\"bench-" + i + "\",\"email\":\"bench-" + i + "@example.com\",\"password\":\""
                            + PASSWORD + "\"}"));
        }
        var logins = measure(
                CLIENTS,
                service.handle(),
                i -> () ->
                        post("/auth/login/", "{\"username\":\"bench-" + i + "\",\"password\":\"" + PASSWORD + "\"}"));
        var refreshes = measure(
                CLIENTS,
                service.handle(),
                i -> () -> tokens.set(i, post("/auth/refresh/", "{\"refresh_token\":\"" + tokens.get(i) + "\"}")));
        hashes.print("Argon2id, bare");
        logins.print("logins");
        refreshes.print("refreshes");
        System.out.printf(
                Locale.ROOT,
                "a login is %.2f bare hashes of CPU; logins run at %.2f of the rate of bare hashes%n",
                logins.cpuMillisEach() / hashes.cpuMillisEach(),
                logins.perSecond() / hashes.perSecond());
    }

    /// After a warm-up that is not counted.
    private static Result measure(int clients, ProcessHandle process, IntFunction<Work> work) throws Exception {
        repeat(clients, WARM_UP, work);
        var cpu = cpu(process);
        var start = System.nanoTime();
        var count = repeat(clients, PHASE, work);
        var seconds = (System.nanoTime() - start) / 1e9;
        var cpuMillis = cpu(process).minus(cpu).toNanos() / 1e6;
        return new Result(count, count / seconds, cpuMillis / count);
    }

    private static int repeat(int clients, Duration time, IntFunction<Work> work) throws Exception {
        var count = new AtomicInteger();
        var end = System.nanoTime() + time.toNanos();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int i = 0; i < clients; i++) {
                var own = work.apply(i);
                tasks.add(() -> {
                    while (System.nanoTime() < end) {
                        own.once();
                        count.incrementAndGet();
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        return count.get();
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void hash() {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withMemoryAsKB(19_456)
                .withIterations(2)
                .withParallelism(1)
                .withSalt(new byte[16])
                .build());
        generator.generateBytes(PASSWORD.getBytes(StandardCharsets.UTF_8), new byte[32]);
    }

    /// @return the refresh token
    private String post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        var token = REFRESH_TOKEN.matcher(answer.body());
        if (!token.find()) {
            throw new IllegalStateException(path + ": " + answer.statusCode());
        }
        return token.group(1);
    }

    private void awaitStart() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/auth/.well-known/jwks.json"))
                .build();
        var end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (service.isAlive() && System.nanoTime() < end) {
            try {
                if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("auth-service did not start");
    }

    private static ProcessBuilder command(int port, String jdbcUrl, String redis, int smtp, Path key) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + FreePorts.next(),
                "-Dquarkus.datasource.jdbc.url=" + jdbcUrl,
                "-Dquarkus.datasource.password=parley_auth",
                "-Dquarkus.redis.hosts=" + redis,
                "-Dquarkus.mailer.port=" + smtp,
                "-Dparley.auth.signing-key=" + key));
        for (var limit : List.of(
                "password-per-account",
                "login-per-address",
                "register-per-address",
                "mail-per-address",
                "refresh-per-session",
                "refresh-per-address")) {
            command.add("-Dparley.throttle." + limit + "=1000000/1m");
        }
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "login-bench.log").toFile());
    }

    private static Path newKey() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var encoded = generator.generateKeyPair().getPrivate().getEncoded();
        var pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n";
        return Files.writeString(Files.createTempFile("parley-signing-key", ".pem"), pem);
    }
}
