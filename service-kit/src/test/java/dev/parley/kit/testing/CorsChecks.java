package dev.parley.kit.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may use a service from a browser: extended by a test that boots it with [#LISTED] among the allowed origins.
public abstract class CorsChecks {

    protected static final String LISTED = "https://app.example.org";

    private final String path;
    private final String postPath;

    /// @param path answers 401 without a token
    /// @param postPath takes a body
    protected CorsChecks(String path, String postPath) {
        this.path = path;
        this.postPath = postPath;
    }

    @ParameterizedTest
    @ValueSource(strings = {LISTED, "http://localhost:8080"})
    void answersThePreflightOfAListedPageWithoutAToken(String origin) {
        assertReadable(preflight(origin, path).statusCode(204), origin)
                .header("Access-Control-Allow-Methods", equalTo("GET, POST, PUT, PATCH, DELETE"))
                .header("Access-Control-Allow-Headers", equalTo("Authorization, Content-Type, traceparent"))
                .header("Access-Control-Max-Age", equalTo("600"))
                .body(equalTo(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "https://app.example.org.evil.example"})
    void refusesThePreflightOfAnother(String origin) {
        assertUnreadable(preflight(origin, path).statusCode(403)).body("code", equalTo("forbidden"));
    }

    @Test
    void letsAListedPageReadErrors() {
        assertReadable(from(LISTED).get(path).then().statusCode(401), LISTED).body("code", equalTo("unauthenticated"));
        assertReadable(from(LISTED).auth().oauth2("x").get(path).then().statusCode(401), LISTED);
        assertReadable(from(LISTED).get("/nowhere/").then().statusCode(404), LISTED);
    }

    @Test
    void letsAListedPageReadThatItsBodyIsTooLarge() {
        var large = "{\"password\":\"" + "x".repeat(70_000) + "\"}";

        var answer = from(LISTED)
                .contentType("application/json")
                .body(large)
                .post(postPath)
                .then();

        assertReadable(answer, LISTED);
    }

    @Test
    void answersAnotherPageAsAnyoneButWithoutHeaders() {
        assertUnreadable(from("https://evil.example").get(path).then().statusCode(401));
    }

    @Test
    void answersWhoIsNoPageWithoutHeaders() {
        assertUnreadable(given().get(path).then().statusCode(401));
        assertUnreadable(given().options(path).then());
    }

    protected static RequestSpecification from(String origin) {
        return given().header("Origin", origin);
    }

    private static ValidatableResponse preflight(String origin, String path) {
        return from(origin)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .options(path)
                .then();
    }

    /// A page of the origin may read the answer.
    protected static ValidatableResponse assertReadable(ValidatableResponse answer, String origin) {
        return answer.header("Access-Control-Allow-Origin", equalTo(origin))
                .header("Access-Control-Allow-Credentials", equalTo("true"))
                .header("Access-Control-Expose-Headers", equalTo("Retry-After, WWW-Authenticate, Location"))
                .header("Vary", containsString("rigin"));
    }

    private static ValidatableResponse assertUnreadable(ValidatableResponse answer) {
        return answer.header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Credentials", nullValue())
                .header("Vary", containsString("rigin"));
    }
}
