package dev.parley.auth.log;

import static dev.parley.auth.AuthApi.newUsername;
import static dev.parley.auth.AuthApi.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.auth.AuthApi;
import dev.parley.auth.AuthApi.Account;
import dev.parley.auth.Backing;
import dev.parley.auth.Mailbox;
import dev.parley.embedded.MailCatcher;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Uses every endpoint, well and badly, with secrets that are known again, and looks for them in all that is logged,
/// at DEBUG of our own categories.
@QuarkusTest
@WithTestResource(Backing.class)
@TestProfile(LogSweepIT.OwnRun.class)
class LogSweepIT {

    private static final String PASSWORD = "Kuckucksuhr-4711-im-Tal";
    private static final String NEW_PASSWORD = "Wetterhahn-0815-am-Berg";
    private static final String WRONG_PASSWORD = "Regenrinne-1234-am-Haus";
    private static final String DOMAIN = "sweep-mail.example";

    @Inject
    AgroalDataSource database;

    @Inject
    MeterRegistry metrics;

    MailCatcher mail;

    private final CapturedLog log = new CapturedLog();
    private final Set<String> secrets = new LinkedHashSet<>(List.of(
            PASSWORD, NEW_PASSWORD, WRONG_PASSWORD, DOMAIN, "sweep-mail%2Eexample", "#token=", Backing.ROOM_SECRET));

    @AfterEach
    void closeLog() {
        log.close();
    }

    /// Without it, the rest could pass with a log that is not captured.
    @Test
    void noticesASecretThatIsLogged() {
        var logger = Logger.getLogger("dev.parley.auth.session.Sessions");

        logger.debugf("session started password=%s", PASSWORD);
        logger.error("failed", new IllegalStateException("for somebody@" + DOMAIN));
        logger.info("nothing secret");

        assertThat(log.entriesWith(secrets)).hasSize(2);
    }

    @Test
    void findsNoSecretInTheLogs() throws Exception {
        var account = register(newUsername());
        recover(account);
        sessions(account);
        mistakes(account);
        theUnexpected();
        json(keep(AuthApi.login(account.username(), NEW_PASSWORD)), "{\"password\":\"" + NEW_PASSWORD + "\"}")
                .post("/auth/erase-account/")
                .then()
                .statusCode(204);
        mailOutage();

        assertThat(log.size()).as("it is not silent").isPositive();
        assertThat(log.entriesWith(secrets)).isEmpty();
    }

    private Account register(String username) {
        var answer = post("/auth/register/", registration(username));
        answer.then().statusCode(201);
        return keep(answer);
    }

    private static Map<String, String> registration(String username) {
        return Map.of("username", username, "email", username + "@" + DOMAIN, "password", PASSWORD);
    }

    private void recover(Account account) {
        var box = new Mailbox(mail, account.username() + "@" + DOMAIN);
        var verification = keep(Mailbox.token(box.await("Confirm your e-mail address", 1)));
        post("/auth/verify-email/", Map.of("token", verification)).then().statusCode(204);
        post("/auth/verify-email/", Map.of("token", verification)).then().statusCode(400);
        post("/auth/forgot-password/", Map.of("email", account.username() + "@" + DOMAIN))
                .then()
                .statusCode(202);
        var reset = keep(Mailbox.token(box.await("Reset your password", 1)));
        post("/auth/reset-password/", Map.of("token", reset, "new_password", WRONG_PASSWORD))
                .then()
                .statusCode(204);
        post("/auth/reset-password/", Map.of("token", reset, "new_password", NEW_PASSWORD))
                .then()
                .statusCode(400);
        var again = keep(AuthApi.login(account.username(), WRONG_PASSWORD));
        json(again, "{\"current_password\":\"" + WRONG_PASSWORD + "\",\"new_password\":\"" + PASSWORD + "\"}")
                .post("/auth/change-password/")
                .then()
                .statusCode(204);
        json(
                        again,
                        "{\"current_password\":\"" + PASSWORD + "\",\"new_email\":\"other." + account.username() + "@"
                                + DOMAIN + "\"}")
                .post("/auth/change-email/")
                .then()
                .statusCode(202);
        keep(Mailbox.token(new Mailbox(mail, "other." + account.username() + "@" + DOMAIN)
                .await("Confirm your e-mail address", 1)));
    }

    private void sessions(Account account) {
        var first = keep(AuthApi.login(account.username() + "@" + DOMAIN, PASSWORD));
        var second = keep(post("/auth/refresh/", Map.of("refresh_token", first.refreshToken())));
        var third = keep(post("/auth/refresh/", Map.of("refresh_token", second.refreshToken())));
        for (var path : List.of(
                "/auth/session/",
                "/auth/sessions/",
                "/auth/me/",
                "/auth/users/?q=us",
                "/auth/users/?username=" + account.username(),
                "/auth/users/?q=" + account.username() + "@" + DOMAIN,
                "/auth/users/" + account.id() + "/",
                "/auth/.well-known/jwks.json")) {
            third.bearer().get(path).then().statusCode(200);
        }
        json(third, "{\"display_name\":\"Ada\"}").patch("/auth/me/").then().statusCode(200);
        keep(third.bearer().post("/auth/ws-ticket/").<String>path("ticket"));
        post("/auth/refresh/", Map.of("refresh_token", first.refreshToken()))
                .then()
                .statusCode(401);
        var cookie = post(
                "/auth/login/",
                Map.of("username", account.username(), "password", PASSWORD, "token_transport", "cookie"));
        keep(cookie.<String>path("access_token"));
        var held = keep(cookie.cookie("parley_refresh"));
        keep(given().contentType(ContentType.JSON)
                .header("Origin", "http://localhost:8080")
                .cookie("parley_refresh", held)
                .body("{}")
                .post("/auth/refresh/")
                .cookie("parley_refresh"));
        keep(AuthApi.login(account.username(), PASSWORD)).bearer().post("/auth/logout/");
        var last = keep(AuthApi.login(account.username(), PASSWORD));
        last.bearer().delete("/auth/sessions/?keep_current=true").then().statusCode(204);
        json(last, "{\"current_password\":\"" + PASSWORD + "\",\"new_password\":\"" + NEW_PASSWORD + "\"}")
                .post("/auth/change-password/")
                .then()
                .statusCode(204);
    }

    /// Secrets where they do not belong.
    private void mistakes(Account account) throws InterruptedException {
        var token = account.accessToken();
        for (var body : List.of(
                "{\"username\":\"ab\",\"email\":\"" + DOMAIN + "\",\"password\":\"" + PASSWORD
                        + "\",\"device_name\":1}",
                "{\"username\":{\"" + PASSWORD + "\":1},\"password\":[\"" + PASSWORD + "\"]}",
                "{\"password\":\"" + PASSWORD + "\",\"password\":\"" + WRONG_PASSWORD + "\"}",
                "{\"password\":\"" + PASSWORD,
                "{\"password\":\"" + PASSWORD + "\\u0000\\ud800\"}",
                PASSWORD)) {
            for (var path : List.of("/auth/register/", "/auth/login/", "/auth/refresh/", "/auth/reset-password/")) {
                post(path, body).then().statusCode(400);
            }
        }
        given().contentType("text/plain")
                .body(PASSWORD)
                .post("/auth/login/")
                .then()
                .statusCode(415);
        AuthApi.login(account.username(), WRONG_PASSWORD + " too").then().statusCode(401);
        AuthApi.login("nobody@" + DOMAIN, WRONG_PASSWORD).then().statusCode(401);
        AuthApi.bearer(token + "x").get("/auth/me/?token=" + token).then().statusCode(401);
        AuthApi.bearer(account.refreshToken()).get("/auth/me/").then().statusCode(401);
        given().get("/auth/" + token + "/").then().statusCode(404);
        given().auth()
                .preemptive()
                .basic("room", PASSWORD)
                .get("/auth/me/")
                .then()
                .statusCode(401);
        var body = registration(newUsername());
        Callable<Integer> attempt = () -> post("/auth/register/", body).statusCode();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(Collections.nCopies(6, attempt));
        }
    }

    /// An error that nobody expects is logged with its cause; PostgreSQL's message would quote the row.
    private void theUnexpected() throws SQLException {
        execute("alter table accounts add constraint refused_by_a_test check (username not like 'refused%')");
        try {
            post("/auth/register/", registration("refused." + newUsername()))
                    .then()
                    .statusCode(500);
        } finally {
            execute("alter table accounts drop constraint refused_by_a_test");
        }
        assertThat(log.entriesWith(List.of("refused_by_a_test"))).isNotEmpty();
    }

    private void mailOutage() {
        mail.close();
        register(newUsername());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> metrics.counter("parley.mail.failed").count() >= 1);
        assertThat(log.entriesWith(List.of("mail not sent"))).isNotEmpty();
    }

    private Account keep(Response tokens) {
        var account = Account.of(tokens);
        Stream.of(account.accessToken(), account.refreshToken())
                .filter(Objects::nonNull)
                .forEach(this::keep);
        return account;
    }

    /// A part of a token is secret too: of a JWT the signature.
    private String keep(String secret) {
        var parts = new ArrayList<>(List.of(secret.split("\\.", -1)));
        secrets.add(parts.getLast());
        return secret;
    }

    private static RequestSpecification json(Account account, String body) {
        return account.bearer().contentType(ContentType.JSON).body(body);
    }

    private void execute(String statement) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.createStatement().execute(statement);
        }
    }

    public static final class OwnRun implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.log.category.\"dev.parley\".level", "DEBUG",
                    "parley.throttle.password-per-account", "1000/1m",
                    "parley.throttle.mail-per-account", "1000/1m");
        }
    }
}
