package dev.parley.auth;

import dev.parley.embedded.MailCatcher;
import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What the service stands on, real and for one test run: databases, mail, a signing key.
public final class Backing implements QuarkusTestResourceLifecycleManager {

    /// The secret of the caller `room` on `/internal`.
    public static final String ROOM_SECRET = "room-secret-of-this-test-run";

    private PostgresServer postgres;
    private RedisServer redis;
    private MailCatcher mail;
    private Path key;

    @Override
    public Map<String, String> start() {
        postgres = PostgresServer.start();
        postgres.createDatabase("parley_auth", "parley_auth", "parley_auth");
        redis = RedisServer.start();
        mail = MailCatcher.start();
        key = writeKey();
        return Map.ofEntries(
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.management.test-port", "0"),
                Map.entry("quarkus.datasource.jdbc.url", postgres.jdbcUrl("parley_auth")),
                Map.entry("quarkus.datasource.password", "parley_auth"),
                Map.entry("quarkus.redis.hosts", redis.uri()),
                Map.entry("quarkus.mailer.port", String.valueOf(mail.port())),
                Map.entry("quarkus.mailer.mock", "false"),
                Map.entry("parley.auth.signing-key", key.toString()),
                // All tests come from one address.
                Map.entry("parley.throttle.login-per-address", "100000/1m"),
                Map.entry("parley.throttle.register-per-address", "100000/1m"),
                Map.entry("parley.throttle.mail-per-address", "100000/1m"),
                Map.entry("parley.allowed-origins", "https://app.example.org"),
                Map.entry("parley.internal.credentials.room", ROOM_SECRET));
    }

    /// Tests get at the caught mail by a field of this type.
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(mail, new TestInjector.MatchesType(MailCatcher.class));
    }

    private static Path writeKey() {
        try {
            return Files.writeString(Files.createTempFile("parley-signing-key", ".pem"), Pem.newRsaKey(2048));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try (var _ = postgres;
                var _ = redis;
                var _ = mail) {
            Files.deleteIfExists(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
