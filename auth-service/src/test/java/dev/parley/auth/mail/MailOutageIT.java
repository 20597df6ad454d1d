package dev.parley.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.auth.Mailbox;
import dev.parley.auth.TestClock;
import dev.parley.embedded.MailCatcher;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
@TestProfile(MailOutageIT.OwnRun.class)
class MailOutageIT {

    @Inject
    MeterRegistry metrics;

    MailCatcher mail;

    @Test
    void sendsLaterWhatCouldNotBeSent() {
        var port = mail.port();
        mail.close();
        var failed = metrics.counter("parley.mail.failed").count();
        var alreadySent = metrics.counter("parley.mail.sent").count();
        var account = AuthApi.register();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> metrics.counter("parley.mail.failed").count() >= failed + 2);

        try (var back = MailCatcher.start(port)) {
            var sent = new Mailbox(back, account.username() + "@example.com").await("Confirm your e-mail address", 1);

            AuthApi.post("/auth/verify-email/", Map.of("token", Mailbox.token(sent)))
                    .then()
                    .statusCode(204);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> metrics.counter("parley.mail.sent").count() == alreadySent + 1);
            assertThat(back.received()).hasSize(1);
        }
    }

    @Test
    void givesUpAfterADay() {
        mail.close();
        var failed = metrics.counter("parley.mail.failed").count();
        var givenUp = metrics.counter("parley.mail.given.up").count();
        AuthApi.register();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> metrics.counter("parley.mail.failed").count() > failed);

        TestClock.advance(Duration.ofHours(25));
        try {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> metrics.counter("parley.mail.given.up").count() == givenUp + 1);
        } finally {
            TestClock.reset();
        }
    }

    /// A run of its own, so that the mail server is nobody else's.
    public static final class OwnRun implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parley.mail.retry-after", "0.5S");
        }
    }
}
