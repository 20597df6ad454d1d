package dev.parley.auth.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
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
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class EventsIT {

    @Inject
    Redis redis;

    @TestHTTPResource(value = "/", management = true)
    URI management;

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
