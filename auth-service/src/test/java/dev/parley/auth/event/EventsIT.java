package dev.parley.auth.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.auth.TestClock;
import dev.parley.kit.json.JsonDialect;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.internal.AuthEventPage;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Revocations;
import dev.parley.model.stream.AuthEvent;
import dev.parley.model.stream.StreamKeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class EventsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    Redis redis;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @AfterEach
    void backToThePresent() {
        TestClock.reset();
    }

    @Test
    void tellsOfARegistrationWithinTwoSeconds() {
        var account = AuthApi.register();

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(stream())
                        .anySatisfy(event -> assertThat(event)
                                .isInstanceOfSatisfying(AuthEvent.UserChanged.class, changed -> {
                                    assertThat(changed.user().id().toString()).isEqualTo(account.id());
                                    assertThat(changed.user().username()).isEqualTo(account.username());
                                    assertThat(changed.version()).isEqualTo(1);
                                })));
    }

    @Test
    void tellsOfEndedSessionsInTheStreamAndOnRequest() throws Exception {
        var account = AuthApi.register();
        AuthApi.login(account.username(), AuthApi.PASSWORD);
        var session = account.sessionId();

        account.bearer().delete("/auth/sessions/").then().statusCode(204);

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(stream())
                        .filteredOn(event -> event instanceof AuthEvent.SessionRevoked revoked
                                && revoked.userId().toString().equals(account.id()))
                        .hasSize(2));
        var revocations = internal(InternalPaths.REVOCATIONS);
        revocations
                .then()
                .statusCode(200)
                .body("items.session_id", hasItem(session))
                .body("n", greaterThan(2));
        assertThat(JsonDialect.newMapper()
                        .readValue(revocations.asString(), Revocations.class)
                        .items())
                .allSatisfy(item -> assertThat(item.tokensExpireAt()).isNotNull());
    }

    @Test
    void numbersEventsWithoutAHoleAndReadsThemInPages() throws Exception {
        AuthApi.register();
        AuthApi.register().bearer().post("/auth/logout/");
        var json = JsonDialect.newMapper();

        var all =
                json.readValue(internal(InternalPaths.AUTH_EVENTS + "?after=0").asString(), AuthEventPage.class);
        var page = json.readValue(
                internal(InternalPaths.AUTH_EVENTS + "?after=1&limit=2").asString(), AuthEventPage.class);

        assertThat(all.items())
                .extracting(AuthEvent::n)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, all.lastN()).boxed().toList());
        assertThat(all.complete()).isTrue();
        assertThat(page.items()).extracting(AuthEvent::n).containsExactly(2L, 3L);
        assertThat(page.lastN()).isGreaterThanOrEqualTo(all.lastN());
    }

    @Test
    void fillsTheStreamAgainWhenRedisLostIt() {
        AuthApi.register();
        await().atMost(Duration.ofSeconds(2)).until(() -> !stream().isEmpty());
        send(Request.cmd(Command.FLUSHALL));

        var account = AuthApi.register();

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(stream())
                        .anySatisfy(event -> assertThat(event)
                                .isInstanceOfSatisfying(
                                        AuthEvent.UserChanged.class,
                                        changed -> assertThat(
                                                        changed.user().id().toString())
                                                .isEqualTo(account.id()))));
    }

    @Test
    void keepsADayOfEventsInTheStream() {
        var old = AuthApi.register();
        await().atMost(Duration.ofSeconds(2)).until(() -> isInStream(old));

        TestClock.advance(Duration.ofHours(25));
        var fresh = AuthApi.register();

        await().atMost(Duration.ofSeconds(2)).until(() -> isInStream(fresh));
        assertThat(isInStream(old)).isFalse();
    }

    @Test
    void fillsALostStreamWithADayOfEventsOnly() {
        var old = AuthApi.register();
        await().atMost(Duration.ofSeconds(2)).until(() -> isInStream(old));
        TestClock.advance(Duration.ofHours(60)); // no other test has been there
        var fresh = AuthApi.register();
        await().atMost(Duration.ofSeconds(2)).until(() -> isInStream(fresh));

        loseConnectionsAnd(Request.cmd(Command.DEL).arg(StreamKeys.AUTH_EVENTS));
        var next = AuthApi.register();

        await().atMost(PATIENCE).until(() -> isInStream(fresh) && isInStream(next));
        assertThat(isInStream(old)).isFalse();
    }

    @Test
    void startsTheStreamOverWhenItIsAheadOfARestoredDatabase() throws Exception {
        var before = AuthApi.register();
        await().atMost(Duration.ofSeconds(2)).until(() -> isInStream(before));
        send(Request.cmd(Command.XADD)
                .arg(StreamKeys.AUTH_EVENTS)
                .arg("1000000-0")
                .arg("type")
                .arg("of a time that was undone"));

        var after = AuthApi.register();

        await().atMost(PATIENCE).until(() -> newestId() < 1_000_000 && isInStream(after));
        assertThat(isInStream(before)).isTrue();
        var page = JsonDialect.newMapper()
                .readValue(
                        internal(InternalPaths.AUTH_EVENTS + "?after=1000000").asString(), AuthEventPage.class);
        assertThat(page.items()).isEmpty();
        assertThat(page.complete()).as("a reader of that time starts over").isFalse();
    }

    @Test
    void startsTheStreamOverWhenOnlyItsNumberIsAhead() {
        AuthApi.register();
        send(Request.cmd(Command.XADD)
                .arg(StreamKeys.AUTH_EVENTS)
                .arg("MAXLEN")
                .arg("0")
                .arg("2000000-0")
                .arg("type")
                .arg("trimmed at once"));

        var after = AuthApi.register();

        await().atMost(PATIENCE).until(() -> isInStream(after));
        assertThat(newestId()).isLessThan(2_000_000);
    }

    @Test
    void refusesBadParameters() {
        for (var query : List.of("", "?after=x", "?after=-1", "?after=0&limit=0", "?after=0&limit=1001")) {
            internal(InternalPaths.AUTH_EVENTS + query)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation_failed"));
        }
    }

    @Test
    void wantsACredentialOfAService() {
        for (var path : List.of(InternalPaths.AUTH_EVENTS, InternalPaths.REVOCATIONS)) {
            given().port(management.getPort()).get(path).then().statusCode(401);
            AuthApi.register()
                    .bearer()
                    .port(management.getPort())
                    .get(path)
                    .then()
                    .statusCode(401);
        }
    }

    private boolean isInStream(AuthApi.Account account) {
        return stream().stream()
                .anyMatch(event -> event instanceof AuthEvent.UserChanged changed
                        && changed.user().id().toString().equals(account.id()));
    }

    private long newestId() {
        var ids = StreamRecord.ofEntries(send(
                Request.cmd(Command.XRANGE).arg(StreamKeys.AUTH_EVENTS).arg("-").arg("+")));
        var newest = ids.isEmpty() ? "0-0" : ids.getLast().id();
        return Long.parseLong(newest.substring(0, newest.indexOf('-')));
    }

    /// As a restart of Redis without its data does.
    private void loseConnectionsAnd(Request loss) {
        send(loss);
        send(Request.cmd(Command.CLIENT)
                .arg("KILL")
                .arg("TYPE")
                .arg("normal")
                .arg("SKIPME")
                .arg("yes"));
    }

    private List<AuthEvent> stream() {
        var entries = send(
                Request.cmd(Command.XRANGE).arg(StreamKeys.AUTH_EVENTS).arg("-").arg("+"));
        return StreamRecord.ofEntries(entries).stream()
                .map(entry -> {
                    var event = AuthEvent.of(entry.fields());
                    assertThat(entry.id()).isEqualTo(event.n() + "-0");
                    return event;
                })
                .toList();
    }

    private io.vertx.redis.client.Response send(Request request) {
        return redis.send(request).toCompletionStage().toCompletableFuture().join();
    }

    private Response internal(String path) {
        return room().get(path);
    }

    private RequestSpecification room() {
        return given().port(management.getPort()).auth().preemptive().basic("room", Backing.ROOM_SECRET);
    }
}
