package dev.parley.auth.throttle;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.newUsername;
import static dev.parley.auth.AuthApi.registration;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.auth.AuthApi;
import dev.parley.auth.AuthApi.Account;
import dev.parley.auth.Backing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Limits by address, behind an ingress that appends to `X-Forwarded-For`: what the client wrote there itself changes
/// nothing, and accounts of their own do not help.
@QuarkusTest
@WithTestResource(Backing.class)
@TestProfile(AddressLimitsIT.Low.class)
class AddressLimitsIT {

    private static final int LIMIT = 5;

    private static Account account;

    /// @param request each with another account, name or address
    record Call(String name, Function<RequestSpecification, Response> request) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Call> calls() {
        return Stream.of(
                new Call("register", from -> post(from, "/auth/register/", registration(newUsername()))),
                new Call(
                        "login",
                        from -> post(from, "/auth/login/", Map.of("username", newUsername(), "password", PASSWORD))),
                new Call(
                        "forgot",
                        from -> post(from, "/auth/forgot-password/", Map.of("email", newUsername() + "@example.com"))),
                new Call("refresh", from -> post(from, "/auth/refresh/", Map.of("refresh_token", newUsername()))),
                new Call("search", from -> bearer(from).get("/auth/users/?q=zz")),
                new Call("ticket", from -> bearer(from).post("/auth/ws-ticket/")));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void countsByTheLastHopThatIsNoProxy(Call call) {
        var prefix = "2001:db8:0:" + Integer.toHexString(call.name().hashCode() & 0xffff);

        var statuses = IntStream.range(0, LIMIT)
                .map(i -> call.request()
                        .apply(behind("198.51.100." + i + ", " + prefix + "::" + i))
                        .statusCode())
                .toArray();
        var refused = call.request().apply(behind("203.0.113.1, " + prefix + ":ffff::1"));
        var other = call.request()
                .apply(behind(prefix + "::1, 2001:db8:1::1" + call.name().length()));

        assertThat(statuses).doesNotContain(429);
        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(other.statusCode()).isNotEqualTo(429);
    }

    private static RequestSpecification behind(String forwardedFor) {
        return given().header("X-Forwarded-For", forwardedFor);
    }

    private static RequestSpecification bearer(RequestSpecification from) {
        if (account == null) {
            account = AuthApi.register();
        }
        return from.header("Authorization", "Bearer " + account.accessToken());
    }

    private static Response post(RequestSpecification from, String path, Object body) {
        return from.contentType(ContentType.JSON).body(body).post(path);
    }

    public static final class Low implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Stream.of("register", "login", "mail", "refresh", "search", "ticket")
                    .collect(Collectors.toMap(
                            name -> "parley.throttle." + name + "-per-address", name -> LIMIT + "/1h"));
        }
    }
}
