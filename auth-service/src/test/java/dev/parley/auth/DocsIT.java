package dev.parley.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.model.problem.ProblemCode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// `/docs`, as this service serves it.
@QuarkusTest
@WithTestResource(Backing.class)
class DocsIT {

    private static final String HTML = "text/html; charset=utf-8";

    @Test
    void theTypeOfEveryProblemLeadsToItsPage() {
        for (var code : ProblemCode.values()) {
            given().get(code.type())
                    .then()
                    .statusCode(200)
                    .contentType(HTML)
                    .body(containsString("<h1><code>" + code + "</code></h1>"));
            given().get(code.type() + "/").then().statusCode(200).contentType(HTML);
        }
    }

    @Test
    void theTypeOfARealProblemLeadsToItsPage() {
        var type = AuthApi.login("nobody", "wrong").then().extract().<String>path("type");

        given().redirects().follow(false).get(type).then().statusCode(200).contentType(HTML);
    }

    @Test
    void programsGetAProblemAsJson() {
        given().accept("application/json")
                .get("/docs/problems/room_not_found")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Vary", "Accept")
                .body("code", equalTo("room_not_found"))
                .body("status", equalTo(404))
                .body("retryable", equalTo(false));
    }

    @Test
    void browsersGetPages() {
        given().accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .get("/docs/problems/room_not_found/")
                .then()
                .contentType(HTML);
    }

    @Test
    void everyDocumentHasAPageAndItsSource() {
        for (var document : new String[] {"auth-service", "room-service", "gateway"}) {
            given().get("/docs/" + document).then().statusCode(200).contentType(HTML);
            given().get("/docs/" + document + "/").then().statusCode(200).contentType(HTML);
            given().get("/docs/" + document + ".yaml")
                    .then()
                    .statusCode(200)
                    .contentType("application/yaml")
                    .body(containsString("title: Parley"));
        }
        given().get("/docs").then().statusCode(200).contentType(HTML);
        given().get("/docs/").then().statusCode(200).contentType(HTML);
    }

    @Test
    void pagesRunNothingAndMayBeKept() {
        given().get("/docs/gateway/")
                .then()
                .header("Content-Security-Policy", startsWith("default-src 'none'; style-src 'self';"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "public, max-age=300");
    }

    @Test
    void aPageThatIsKnownIsNotSentAgain() {
        var etag = given().get("/docs/gateway/").header("ETag");

        var answer = given().header("If-None-Match", etag).get("/docs/gateway/");

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.asByteArray()).isEmpty();
        given().header("If-None-Match", "\"other\"")
                .get("/docs/gateway/")
                .then()
                .statusCode(200);
    }

    @Test
    void headHasNoBody() {
        var answer = given().head("/docs/gateway/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Integer.parseInt(answer.header("Content-Length"))).isGreaterThan(10_000);
    }

    @Test
    void whatIsNotThereIsAProblem() {
        for (var path : new String[] {
            "/docs/problems/no_such_code", "/docs/problems/no_such_code/", "/docs/../application.properties",
            "/docs/files.list", "/docs//problems/..%2f..%2fapplication.properties", "/docs/index"
        }) {
            given().urlEncodingEnabled(false)
                    .get(path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .header("Cache-Control", "no-store")
                    .body("code", equalTo("not_found"));
        }
    }

    @Test
    void otherMethodsAreRefused() {
        given().post("/docs/gateway/")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD")
                .body("code", equalTo("method_not_allowed"));
    }
}
