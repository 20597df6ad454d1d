package dev.parley.auth;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The service as a client calls it.
public final class AuthApi {

    public static final String PASSWORD = "correct horse battery staple";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private AuthApi() {}

    /// A username that no other test uses.
    public static String newUsername() {
        return "user-" + NAMES.incrementAndGet() + "-" + Long.toString(System.nanoTime() & 0xfffff, 36);
    }

    public static Map<String, Object> registration(String username) {
        var body = new LinkedHashMap<String, Object>();
        body.put("username", username);
        body.put("email", username + "@example.com");
        body.put("password", PASSWORD);
        return body;
    }

    /// A new account, logged in.
    public static Account register() {
        return register(newUsername());
    }

    public static Account register(String username) {
        var answer = post("/auth/register/", registration(username));
        answer.then().statusCode(201);
        return Account.of(answer);
    }

    public static Response login(String username, String password) {
        return post("/auth/login/", Map.of("username", username, "password", password));
    }

    public static Response post(String path, Object body) {
        return given().contentType(ContentType.JSON).body(body).post(path);
    }

    public static RequestSpecification bearer(String accessToken) {
        return given().header("Authorization", "Bearer " + accessToken);
    }

    /// What a client holds after registering or logging in.
    public record Account(String id, String username, String accessToken, String refreshToken) {

        public static Account of(Response tokens) {
            var json = tokens.jsonPath();
            return new Account(
                    json.getString("user.id"),
                    json.getString("user.username"),
                    json.getString("access_token"),
                    json.getString("refresh_token"));
        }

        /// The `sid` of the access token.
        public String sessionId() {
            var claims = Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]);
            return new JsonPath(new String(claims, StandardCharsets.UTF_8)).getString("sid");
        }

        public RequestSpecification bearer() {
            return AuthApi.bearer(accessToken);
        }
    }
}
