package dev.parley.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSystemTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path installation;

    private final Ports ports = Ports.free();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void installStandIns() throws IOException {
        StandInService.installAll(installation);
    }

    @AfterEach
    void leavesNoProcess() {
        http.close();
        assertThat(Processes.of(installation)).isEmpty();
    }

    @Test
    void tellsEachServiceWhatItNeeds() throws Exception {
        try (LocalSystem system = LocalSystem.start(options(false, ExternalServers.none()))) {
            String auth = get(system, "/auth/me/").body();
            String room = get(system, "/chat/rooms/").body();
            String gateway = get(system, "/ws/chat/").body();

            assertThat(auth)
                    .contains("QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://localhost:" + ports.postgres()
                            + "/parley_auth\n")
                    .contains("QUARKUS_DATASOURCE_USERNAME=parley_auth\n")
                    .contains("QUARKUS_MAILER_PORT=" + ports.smtp() + "\n")
                    .contains("PARLEY_AUTH_SIGNING_KEY=" + data("secrets/signing-key.pem") + "\n")
                    .contains("PARLEY_PUBLIC_URL=http://localhost:" + ports.ingress() + "\n");
            assertThat(value(auth, "PARLEY_INTERNAL_CREDENTIALS_ROOM"))
                    .isEqualTo(value(room, "PARLEY_AUTH_SERVICE_SECRET"))
                    .matches("[0-9a-f]{64}");
            assertThat(value(room, "PARLEY_INTERNAL_CREDENTIALS_GATEWAY"))
                    .isEqualTo(value(gateway, "PARLEY_GATEWAY_ROOM_SERVICE_SECRET"))
                    .isEqualTo(value(gateway, "PARLEY_AUTH_SERVICE_SECRET"))
                    .isEqualTo(value(auth, "PARLEY_INTERNAL_CREDENTIALS_GATEWAY"))
                    .isNotEqualTo(value(auth, "PARLEY_INTERNAL_CREDENTIALS_ROOM"));
            assertThat(gateway)
                    .contains("QUARKUS_REDIS_HOSTS=redis://localhost:" + ports.redis() + "\n")
                    .contains("PARLEY_GATEWAY_ROOM_SERVICE_URL=http://localhost:" + ports.roomManagement() + "\n")
                    .contains("PARLEY_AUTH_JWKS_URL=http://localhost:" + ports.auth() + "/auth/.well-known/jwks.json")
                    .doesNotContain("QUARKUS_DATASOURCE");
            assertThat(room).doesNotContain("PARLEY_AUTH_SIGNING_KEY");
            login(system, "parley_room", value(room, "QUARKUS_DATASOURCE_PASSWORD"))
                    .close();
        }
    }

    @Test
    void keepsSecretsToItsOwnerAndAcrossRestarts() throws Exception {
        LocalSystem.start(options(false, ExternalServers.none())).close();
        String key = Files.readString(data("secrets/signing-key.pem"));

        LocalSystem.start(options(false, ExternalServers.none())).close();

        assertThat(Files.readString(data("secrets/signing-key.pem"))).isEqualTo(key);
        try (Stream<Path> secrets = Files.list(data("secrets"))) {
            assertThat(secrets)
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void forgetsEverythingWhenFresh() throws Exception {
        LocalSystem.start(options(false, ExternalServers.none())).close();
        String key = Files.readString(data("secrets/signing-key.pem"));

        LocalSystem.start(options(true, ExternalServers.none())).close();

        assertThat(Files.readString(data("secrets/signing-key.pem"))).isNotEqualTo(key);
    }

    @Test
    void refusesDirectoryThatIsHeld() throws Exception {
        try (LocalSystem holder = LocalSystem.start(options(false, ExternalServers.none()))) {
            SystemOptions fresh =
                    new SystemOptions(installation, data(""), true, Ports.free(), ExternalServers.none(), output::add);

            assertThatThrownBy(() -> LocalSystem.start(fresh))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("runs on " + data(""))
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());

            assertThat(get(holder, "/auth/me/").statusCode()).isEqualTo(200);
            assertThat(data("secrets/signing-key.pem")).exists();
        }
    }

    @Test
    void namesTakenPortsAndTheirHolder() throws Exception {
        try (ServerSocket holder = new ServerSocket(ports.redis(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalSystem.start(options(false, ExternalServers.none())))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + holder.getLocalPort() + " (for Redis) is taken by pid "
                            + ProcessHandle.current().pid() + " (");
        }
    }

    @Test
    void endsWhatItStartedWhenOneServiceFails() throws Exception {
        StandInService.installBroken(installation, "room-service");

        assertThatThrownBy(() -> LocalSystem.start(options(false, ExternalServers.none())))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("room-service ended with exit code 3 before it was ready")
                .hasMessageContaining("cannot go on");

        assertThat(Processes.of(installation)).isEmpty();
    }

    @Test
    void reportsDeadServiceAndGoesOn() throws Exception {
        try (LocalSystem system = LocalSystem.start(options(false, ExternalServers.none()))) {
            ProcessHandle.of(system.room().pid()).orElseThrow().destroyForcibly();

            await("report").atMost(DEADLINE).until(() -> output.stream().anyMatch(line -> line.startsWith("!!!")));
            assertThat(output)
                    .filteredOn(line -> line.startsWith("!!!"))
                    .singleElement()
                    .asString()
                    .contains("room-service", "exit code 137", "listening on " + ports.room());
            assertThat(get(system, "/chat/rooms/").statusCode()).isEqualTo(503);
            assertThat(get(system, "/auth/me/").statusCode()).isEqualTo(200);

            system.room().start();

            assertThat(get(system, "/chat/rooms/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void killsAndStartsPartsSilently() throws Exception {
        try (LocalSystem system = LocalSystem.start(options(false, ExternalServers.none()))) {
            for (Part part : List.of(system.gateway(), system.redis(), system.postgres())) {
                long before = part.pid();

                part.kill();

                assertThat(part.isAlive()).isFalse();
                part.start();
                assertThat(part.isAlive()).isTrue();
                assertThat(part.pid()).isNotEqualTo(before);
            }
            assertThat(output).noneMatch(line -> line.startsWith("!!!"));
        }
    }

    @Test
    void keepsCaughtMailInFiles() throws Exception {
        try (LocalSystem system = LocalSystem.start(options(false, ExternalServers.none()))) {
            ServerSetup smtp = new ServerSetup(ports.smtp(), "localhost", ServerSetup.PROTOCOL_SMTP);

            GreenMailUtil.sendTextEmail("ada@example.org", "no-reply@localhost", "Welcome", "Hello", smtp);

            assertThat(system.mails()).hasSize(1);
            try (Stream<Path> files = Files.list(data("mail"))) {
                Path file = files.findFirst().orElseThrow();
                assertThat(file.getFileName().toString()).endsWith(".eml");
                assertThat(Files.readString(file)).contains("Subject: Welcome");
                assertThat(output).contains("mail    │ " + file).noneMatch(line -> line.contains("ada@example.org"));
            }
        }
    }

    @Test
    void usesExternalServers() throws Exception {
        try (LocalSystem owner = LocalSystem.start(options(false, ExternalServers.none()))) {
            ExternalServers external = new ExternalServers(
                    Optional.of(
                            new ExternalServers.Postgres("localhost:" + ports.postgres(), "postgres", "postgres", "")),
                    Optional.of("redis://localhost:" + ports.redis()));
            SystemOptions options = new SystemOptions(
                    installation, installation.resolve("other"), false, Ports.free(), external, output::add);

            try (LocalSystem guest = LocalSystem.start(options)) {
                assertThat(get(guest, "/auth/me/").body())
                        .contains("jdbc:postgresql://localhost:" + ports.postgres() + "/parley_auth\n")
                        .contains("QUARKUS_REDIS_HOSTS=redis://localhost:" + ports.redis() + "\n");
                assertThatThrownBy(guest::redis).isInstanceOf(IllegalStateException.class);
            }
            assertThat(owner.postgres().isAlive()).isTrue();
        }
    }

    private SystemOptions options(boolean fresh, ExternalServers external) {
        return new SystemOptions(installation, data(""), fresh, ports, external, output::add);
    }

    private Path data(String name) {
        return installation.resolve(".parley").resolve(name);
    }

    private HttpResponse<String> get(LocalSystem system, String path) throws IOException, InterruptedException {
        URI uri = system.publicUrl().resolve(path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Connection login(LocalSystem system, String user, String password) throws Exception {
        assertThat(system.postgres().isAlive()).isTrue();
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + ports.postgres() + "/" + user, user, password);
    }

    private static String value(String environment, String name) {
        return environment
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
