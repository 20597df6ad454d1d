package dev.parley.auth;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.newUsername;
import static dev.parley.auth.AuthApi.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.auth.AuthApi.Account;
import dev.parley.embedded.MailCatcher;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.stream.StreamKeys;
import dev.parley.model.token.SocketTicket;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two replicas, the one in this JVM and a packaged one in a process of its own, behave as one service.
@QuarkusTest
@WithTestResource(Backing.class)
@TestProfile(ReplicasIT.OwnRun.class)
class ReplicasIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String JWKS = "/auth/.well-known/jwks.json";

    private static Replica second;

    @Inject
    Redis redis;

    @Inject
    AgroalDataSource database;

    @ConfigProperty(name = "parley.auth.signing-key")
    Path keyFile;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    MailCatcher mail;

    @BeforeAll
    static void startSecond() {
        second = Replica.start("second-auth-service");
    }

    @AfterAll
    static void stopSecond() {
        second.close();
        assertThat(second.log())
                .as("the log of all that was done here")
                .contains("signing keys changed")
                .doesNotContain(PASSWORD, "@example.com", "eyJ", "#token=", "tkt_", Backing.ROOM_SECRET);
    }

    @Test
    void logsInOnOneWhoRegisteredOnTheOther() {
        var account = AuthApi.register();

        var answer = post(second.given(), "/auth/login/", credentials(account.username()));

        answer.then().statusCode(200).body("user.id", equalTo(account.id()));
        Account.of(answer).bearer().get("/auth/me/").then().statusCode(200);
    }

    @Test
    void refusesOnOneASessionThatEndedOnTheOther() {
        var account = AuthApi.register();
        bearer(second.given(), account).get("/auth/me/").then().statusCode(200);

        bearer(second.given(), account).post("/auth/logout/").then().statusCode(204);

        account.bearer().get("/auth/me/").then().statusCode(401);
        AuthApi.post("/auth/refresh/", Map.of("refresh_token", account.refreshToken()))
                .then()
                .statusCode(401);
    }

    @Test
    void givesOneSuccessorToFiftyPresentationsAtBoth() throws Exception {
        var first = AuthApi.register();
        var body = Map.of("refresh_token", first.refreshToken());

        var answers = atOnce(50, i -> () -> post(eitherOne(i), "/auth/refresh/", body));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(answers.stream()
                        .<String>map(answer -> answer.path("refresh_token"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void countsAttemptsTogether() {
        var account = AuthApi.register();
        for (int i = 0; i < 10; i++) {
            post(eitherOne(i), "/auth/login/", Map.of("username", account.username(), "password", "wrong " + i))
                    .then()
                    .statusCode(401);
        }

        post(second.given(), "/auth/login/", credentials(account.username()))
                .then()
                .statusCode(429);
        post(RestAssured.given(), "/auth/login/", credentials(account.username()))
                .then()
                .statusCode(429);
    }

    @Test
    void givesAUsernameToOneOfManyAtBoth() throws Exception {
        var body = registration(newUsername());

        var statuses = atOnce(8, i -> () -> post(eitherOne(i), "/auth/register/", body)).stream()
                .map(Response::statusCode)
                .toList();

        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @Test
    void makesATicketThatWorksOnce() {
        var account = AuthApi.register();
        var ticket = bearer(second.given(), account).post("/auth/ws-ticket/").<String>path("ticket");
        var key = SocketTicket.key(ticket);

        var meaning = SocketTicket.of(send(Request.cmd(Command.GETDEL).arg(key)).toString());

        assertThat(meaning.sessionId().toString()).isEqualTo(account.sessionId());
        assertThat(send(Request.cmd(Command.GETDEL).arg(key))).isNull();
    }

    @Test
    void sendsEachMailOnceAndSpendsItsLinkOnce() throws Exception {
        var names = IntStream.range(0, 20).mapToObj(i -> newUsername()).toList();

        atOnce(20, i -> () -> post(eitherOne(i), "/auth/register/", registration(names.get(i))))
                .forEach(answer -> answer.then().statusCode(201));

        names.forEach(name -> mailbox(name).await("Confirm your e-mail address", 1));
        await().atMost(SOON).until(() -> count("select count(*) from mails") == 0);
        assertThat(names)
                .allSatisfy(name -> assertThat(mailbox(name).mails()).as(name).hasSize(1));
        var token = Mailbox.token(mailbox(names.getFirst()).mails().getFirst());
        var statuses = atOnce(8, i -> () -> post(eitherOne(i), "/auth/verify-email/", Map.of("token", token))).stream()
                .map(Response::statusCode)
                .toList();
        assertThat(statuses).containsOnlyOnce(204).containsOnly(204, 400);
    }

    @Test
    void numbersTheEventsOfBothWithoutAHole() throws Exception {
        atOnce(20, i -> () -> post(eitherOne(i), "/auth/register/", registration(newUsername())));
        var last = count("select last_n from event_counter");

        await().atMost(SOON).until(() -> numbersInStream().contains(last));

        var inStream = numbersInStream();
        assertThat(inStream)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, inStream.getLast()).boxed().toList());
        assertThat(RestAssured.given()
                        .port(management.getPort())
                        .auth()
                        .preemptive()
                        .basic("room", Backing.ROOM_SECRET)
                        .get("/internal/events?after=0")
                        .jsonPath()
                        .getList("items.n", Long.class))
                .startsWith(1L)
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(last);
    }

    /// Next key published, then used, then the old one taken out: at each step both replicas agree.
    @ParameterizedTest
    @ValueSource(strings = {"its tokens have expired", "it was stolen"})
    void replacesTheSigningKeyWithoutARestart(String why) throws Exception {
        var oldKey = Files.readString(keyFile);
        var newKey = Pem.newRsaKey(2048);
        var account = AuthApi.register();
        var oldId = keyId(account.accessToken());

        if (!why.equals("it was stolen")) {
            write(oldKey + newKey);
            awaitAtBoth(2, given -> keyIds(given).size());
            assertThat(keyId(loginAt(RestAssured.given(), account).accessToken()))
                    .as("published, not yet used")
                    .isEqualTo(oldId);
            write(newKey + oldKey);
            awaitAtBoth(false, given -> keyIds(given).getFirst().equals(oldId));
            var renewed = loginAt(second.given(), account);
            assertThat(keyId(renewed.accessToken())).isNotEqualTo(oldId);
            renewed.bearer().get("/auth/me/").then().statusCode(200);
            bearer(second.given(), account).get("/auth/me/").then().statusCode(200);
            account.bearer().get("/auth/me/").then().statusCode(200);
        }
        write(newKey);

        awaitAtBoth(1, given -> keyIds(given).size());
        awaitAtBoth(false, given -> keyIds(given).contains(oldId));
        bearer(second.given(), account).get("/auth/me/").then().statusCode(401);
        account.bearer().get("/auth/me/").then().statusCode(401);
        var refreshed = post(second.given(), "/auth/refresh/", Map.of("refresh_token", account.refreshToken()));
        refreshed.then().statusCode(200);
        Account.of(refreshed).bearer().get("/auth/me/").then().statusCode(200);
    }

    @Test
    void goesOnWithItsKeysWhenTheFileHasBecomeUseless() throws Exception {
        var good = Files.readString(keyFile);
        var account = AuthApi.register();

        write("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> AuthApi.login(account.username(), PASSWORD).statusCode() == 200);
        write(good);
        account.bearer().get("/auth/me/").then().statusCode(200);
    }

    private static <T> void awaitAtBoth(T expected, Function<RequestSpecification, T> read) {
        await().atMost(SOON)
                .until(() -> read.apply(RestAssured.given()).equals(expected)
                        && read.apply(second.given()).equals(expected));
    }

    private static List<String> keyIds(RequestSpecification given) {
        return given.get(JWKS).jsonPath().getList("keys.kid");
    }

    private static String keyId(String token) {
        return new JsonPath(
                        new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), StandardCharsets.UTF_8))
                .getString("kid");
    }

    /// As an operator does: a new file takes the old one's place.
    private void write(String pem) throws Exception {
        var next = Files.writeString(Files.createTempFile(keyFile.getParent(), "key", ".pem"), pem);
        Files.move(next, keyFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static RequestSpecification eitherOne(int i) {
        return i % 2 == 0 ? RestAssured.given() : second.given();
    }

    private static Account loginAt(RequestSpecification given, Account account) {
        return Account.of(post(given, "/auth/login/", credentials(account.username())));
    }

    private static Map<String, String> credentials(String username) {
        return Map.of("username", username, "password", PASSWORD);
    }

    private static Response post(RequestSpecification given, String path, Object body) {
        return given.contentType(ContentType.JSON).body(body).post(path);
    }

    private static RequestSpecification bearer(RequestSpecification given, Account account) {
        return given.header("Authorization", "Bearer " + account.accessToken());
    }

    private static List<Response> atOnce(int times, IntFunction<Callable<Response>> attempt) throws Exception {
        var attempts = new ArrayList<Callable<Response>>();
        IntStream.range(0, times).forEach(i -> attempts.add(attempt.apply(i)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(attempts).stream()
                    .map(future -> future.resultNow())
                    .toList();
        }
    }

    private Mailbox mailbox(String username) {
        return new Mailbox(mail, username + "@example.com");
    }

    private List<Long> numbersInStream() {
        return StreamRecord.ofEntries(send(Request.cmd(Command.XRANGE)
                        .arg(StreamKeys.AUTH_EVENTS)
                        .arg("-")
                        .arg("+")))
                .stream()
                .map(entry -> Long.parseLong(entry.id().substring(0, entry.id().indexOf('-'))))
                .toList();
    }

    private long count(String query) throws SQLException {
        try (var connection = database.getConnection();
                var result = connection.createStatement().executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private io.vertx.redis.client.Response send(Request request) {
        return redis.send(request).toCompletionStage().toCompletableFuture().join();
    }

    /// A run of its own, whose database, mails, events and keys are nobody else's.
    public static final class OwnRun implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parley.auth.signing-key-interval", "0.2S");
        }
    }
}
