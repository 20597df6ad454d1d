package dev.parley.local.system;

import dev.parley.embedded.CaughtMail;
import dev.parley.embedded.ChildProcess;
import dev.parley.embedded.DatabaseOwners;
import dev.parley.embedded.ExitHook;
import dev.parley.embedded.LeftoverProcess;
import dev.parley.embedded.MailCatcher;
import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import dev.parley.local.ingress.Backends;
import dev.parley.local.ingress.Ingress;
import dev.parley.local.ingress.Route;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running Parley: PostgreSQL, Redis, SMTP, the three services, and the ingress in front of them.
///
/// Everything it starts ends with it, at the latest with this JVM. It restarts nothing by itself ([Part]).
///
/// *Thread*: safe for any; starting and closing block.
public final class LocalSystem implements AutoCloseable {

    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(5);
    private static final String AUTH = "auth-service";
    private static final String ROOM = "room-service";
    private static final String GATEWAY = "messaging-gateway";
    private static final String POSTGRES = "PostgreSQL";
    private static final String REDIS = "Redis";

    private final SystemOptions options;
    private final DataDirectory directory;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Map<String, Part> servers = new LinkedHashMap<>();
    private final Map<String, Part> services = new LinkedHashMap<>();
    private @Nullable MailCatcher mail;
    private @Nullable Ingress ingress;
    private volatile boolean closing;

    private LocalSystem(SystemOptions options, DataDirectory directory) {
        this.options = options;
        this.directory = directory;
    }

    /// Starts everything and returns when all services are ready; what was started ends again when something fails.
    ///
    /// @throws StartException if the directory is held by another launcher, a port is taken, or a part
    /// does not start
    public static LocalSystem start(SystemOptions options) {
        DataDirectory directory = DataDirectory.take(options.directory());
        LocalSystem system = new LocalSystem(options, directory);
        try {
            system.open();
            return ExitHook.open(() -> system);
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    /// The one origin, as `http://localhost:8080`.
    public URI publicUrl() {
        return URI.create("http://localhost:" + options.ports().ingress());
    }

    public Path mailDirectory() {
        return directory.directory("mail");
    }

    /// The mails caught since the start, the oldest first.
    public List<CaughtMail> mails() {
        MailCatcher catcher = mail;
        return catcher == null ? List.of() : catcher.received();
    }

    public Part auth() {
        return part(services, AUTH);
    }

    public Part room() {
        return part(services, ROOM);
    }

    public Part gateway() {
        return part(services, GATEWAY);
    }

    /// All gateways, the first of them first.
    public List<Part> gateways() {
        return services.values().stream()
                .filter(part -> part.name().startsWith(GATEWAY))
                .toList();
    }

    /// The embedded PostgreSQL.
    ///
    /// @throws IllegalStateException if an external one is used
    public Part postgres() {
        return part(servers, POSTGRES);
    }

    /// The embedded Redis.
    ///
    /// @throws IllegalStateException if an external one is used
    public Part redis() {
        return part(servers, REDIS);
    }

    /// Ends everything: the services first, then what they stand on. A second call does nothing.
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        ExitHook.forget(this);
        long begun = System.nanoTime();
        say("ending; services may take some seconds to finish …");
        inParallel(services.values(), this::stopAndSay);
        if (ingress != null) {
            ingress.close();
        }
        if (mail != null) {
            mail.close();
        }
        inParallel(servers.values(), Part::stop);
        http.shutdownNow();
        directory.close();
        say(String.format("everything has ended after %.1f s", seconds(begun)));
    }

    private void open() {
        endLeftovers();
        if (options.fresh()) {
            directory.wipe();
        }
        PortCheck.requireFree(usedPorts());
        Secrets secrets = new Secrets(directory.directory("secrets"));
        MailFolder folder = new MailFolder(mailDirectory(), InstantSource.system(), this::say);
        mail = MailCatcher.start(options.ports().smtp(), folder::keep);
        startServers();
        DatabaseAccess databases = createDatabases(secrets);
        String redisUrl = options.external()
                .redis()
                .orElse("redis://localhost:" + options.ports().redis());
        for (ServiceSpec spec : new ServiceSpecs(options, secrets, databases, redisUrl).all()) {
            Path pidFile = pidFile(spec.name());
            services.put(
                    spec.name(),
                    new Part(
                            spec.name(),
                            () -> ServiceProcess.start(spec, pidFile, http, this::sayOfService),
                            this::say));
        }
        ingress = Ingress.start(
                options.ports().ingress(),
                List.of(
                        new Route("/auth", options.ports().auth()),
                        new Route("/docs", options.ports().auth()),
                        new Route("/chat", new Backends(options.ports().rooms())),
                        new Route("/ws", new Backends(options.ports().gateways()))));
        say("starting " + String.join(", ", services.keySet()) + " …");
        inParallel(services.values(), this::startAndSay);
    }

    private void startServers() {
        Path postgres = directory.directory("postgres");
        Path redis = directory.directory("redis");
        Ports ports = options.ports();
        if (options.external().postgres().isEmpty()) {
            servers.put(
                    POSTGRES,
                    new Part(
                            POSTGRES,
                            () -> new ServerProcess.Postgres(
                                    PostgresServer.start(postgres, ports.postgres()), postgres),
                            this::say));
        }
        if (options.external().redis().isEmpty()) {
            servers.put(
                    REDIS,
                    new Part(
                            REDIS,
                            () -> new ServerProcess.Redis(RedisServer.start(redis, ports.redis()), redis),
                            this::say));
        }
        inParallel(servers.values(), this::startAndSay);
    }

    private DatabaseAccess createDatabases(Secrets secrets) {
        ExternalServers.Postgres server = options.external()
                .postgres()
                .orElseGet(() -> new ExternalServers.Postgres(
                        "localhost:" + options.ports().postgres(), "postgres", "postgres", ""));
        DatabaseAccess databases = new DatabaseAccess(server::jdbcUrl, secrets);
        databases.create(new DatabaseOwners(server.jdbcUrl(server.database()), server.user(), server.password()));
        return databases;
    }

    /// What a launcher that was killed has left running: the services first, or they would complain.
    private void endLeftovers() {
        for (String service : leftoverNames()) {
            LeftoverProcess.find(pidFile(service)).ifPresent(process -> {
                LeftoverProcess.end(process, ChildProcess.StopSignal.TERM, LEFTOVER_GRACE);
                sayLeftover(service, process.pid());
            });
        }
        PostgresServer.endLeftover(directory.directory("postgres")).ifPresent(pid -> sayLeftover(POSTGRES, pid));
        RedisServer.endLeftover(directory.directory("redis")).ifPresent(pid -> sayLeftover(REDIS, pid));
    }

    /// Of any number of instances that the killed launcher may have run.
    private static List<String> leftoverNames() {
        List<String> names = new ArrayList<>(List.of(AUTH, ROOM, GATEWAY));
        for (int i = 2; i <= 9; i++) {
            names.add(ROOM + "-" + i);
            names.add(GATEWAY + "-" + i);
        }
        return names;
    }

    private void sayLeftover(String name, long pid) {
        say("ended " + name + " (pid " + pid + "), which a killed launcher had left running");
    }

    private Map<String, Integer> usedPorts() {
        Map<String, Integer> used = new LinkedHashMap<>(options.ports().byUse());
        options.external().postgres().ifPresent(external -> used.remove(POSTGRES));
        options.external().redis().ifPresent(external -> used.remove(REDIS));
        return used;
    }

    private Path pidFile(String service) {
        return directory.directory("run").resolve(service + ".pid");
    }

    private void startAndSay(Part part) {
        long begun = System.nanoTime();
        part.start();
        say(String.format("%s is ready after %.1f s (pid %d)", part.name(), seconds(begun), part.pid()));
    }

    private void stopAndSay(Part part) {
        long begun = System.nanoTime();
        part.stop();
        say(String.format("%s has ended after %.1f s", part.name(), seconds(begun)));
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private void say(String line) {
        options.output().accept(line);
    }

    /// A service's farewell is of no interest once everything ends; what it wrote stays in its last lines.
    private void sayOfService(String line) {
        if (!closing && !ExitHook.exiting()) {
            say(line);
        }
    }

    /// Does something to all at once; throws the first failure as soon as there is one.
    private static void inParallel(Collection<Part> parts, Consumer<Part> action) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Part part : parts) {
            CompletableFuture<Void> done = CompletableFuture.runAsync(
                    () -> action.accept(part),
                    task -> Thread.ofPlatform().daemon().start(task));
            all.add(done.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    failed.completeExceptionally(failure);
                }
            }));
        }
        try {
            CompletableFuture.anyOf(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)), failed)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Part part(Map<String, Part> parts, String name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalStateException(name + " is not a part of this system");
        }
        return part;
    }
}
