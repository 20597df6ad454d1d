package dev.parley.auth.user;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.model.id.UserId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Backing.class)
class UsersIT {

    @Test
    void findsByTheBeginningOfAUsernameInPages() {
        var prefix = unique();
        var names = IntStream.range(0, 5).mapToObj(i -> prefix + "." + i).toList();
        names.forEach(AuthApi::register);
        var caller = AuthApi.register();

        var first = caller.bearer()
                .queryParam("q", prefix.toUpperCase(Locale.ROOT) + ".")
                .queryParam("limit", 3)
                .get("/auth/users/");
        var second = caller.bearer()
                .queryParam("q", prefix + ".")
                .queryParam("limit", 3)
                .queryParam("cursor", first.<String>path("next_cursor"))
                .get("/auth/users");

        first.then().statusCode(200).body("items.username", equalTo(names.subList(0, 3)));
        second.then().body("items.username", equalTo(names.subList(3, 5))).body("next_cursor", nullValue());
        assertThat(first.jsonPath().<String, Object>getMap("items[0]").keySet())
                .containsExactly("id", "username", "display_name", "deleted");
    }

    @Test
    void findsByTheBeginningOfADisplayName() {
        var word = "\u00c9lodie " + unique();
        var body = AuthApi.registration(AuthApi.newUsername());
        body.put("display_name", word + " Martin");
        AuthApi.post("/auth/register/", body).then().statusCode(201);

        AuthApi.register()
                .bearer()
                .queryParam("q", word)
                .get("/auth/users/")
                .then()
                .statusCode(200)
                .body("items.display_name", equalTo(List.of(word + " Martin")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%", "__", "\\\\", "a%"})
    void takesPatternCharactersAsTheyAre(String q) {
        AuthApi.register()
                .bearer()
                .queryParam("q", q)
                .get("/auth/users/")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void findsByUsername() {
        var account = AuthApi.register();

        account.bearer()
                .queryParam("username", account.username().toUpperCase(Locale.ROOT))
                .get("/auth/users/")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(account.id())));
        account.bearer()
                .queryParam("username", "no such name")
                .get("/auth/users/")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void findsByIds() {
        var account = AuthApi.register();
        var other = AuthApi.register();

        var answer = account.bearer()
                .queryParam("ids", String.join(",", other.id(), UserId.random().toString(), account.id()))
                .get("/auth/users/");

        assertThat(answer.jsonPath().<String>getList("items.id")).containsExactlyInAnyOrder(account.id(), other.id());
    }

    @Test
    void showsOne() {
        var account = AuthApi.register();

        assertThat(account.bearer()
                        .get("/auth/users/" + account.id() + "/")
                        .jsonPath()
                        .<String, Object>getMap("$"))
                .isEqualTo(Map.of(
                        "id",
                        account.id(),
                        "username",
                        account.username(),
                        "display_name",
                        account.username(),
                        "deleted",
                        false));
        for (var id : List.of(UserId.random().toString(), "x", "1-1-1-1-1")) {
            account.bearer()
                    .get("/auth/users/" + id + "/")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("user_not_found"));
        }
    }

    @Test
    void refusesUnclearQuestions() {
        var caller = AuthApi.register();
        var tooMany = IntStream.range(0, 101)
                .mapToObj(i -> UserId.random().toString())
                .collect(Collectors.joining(","));

        for (var bad : List.of(
                Map.of("q", "a"),
                Map.of("q", "a".repeat(101)),
                Map.of("q", "a\nb"),
                Map.of("q", "ab\u0000"),
                Map.of("ids", "x"),
                Map.of("ids", tooMany),
                Map.of("q", "ab", "username", "ada"),
                Map.of("limit", "+5", "q", "ab"),
                Map.of("cursor", "AA", "q", "ab"), // U+0000, which the database could not compare with
                Map.of("cursor", "x", "q", "ab"),
                Map.<String, String>of())) {
            var field = Stream.of("ids", "limit", "cursor")
                    .filter(bad::containsKey)
                    .findFirst()
                    .orElse("q");
            caller.bearer()
                    .queryParams(bad)
                    .get("/auth/users/")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation_failed"))
                    .body("errors[0].field", equalTo(field));
        }
    }

    @Test
    void wantsAToken() {
        given().queryParam("q", "ab").get("/auth/users/").then().statusCode(401);
        given().get("/auth/users/" + UserId.random() + "/").then().statusCode(401);
    }

    private static String unique() {
        return "p" + Long.toString(System.nanoTime(), 36);
    }
}
