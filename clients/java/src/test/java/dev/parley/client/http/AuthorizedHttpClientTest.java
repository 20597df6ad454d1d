package dev.parley.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.model.Faults;
import dev.parley.client.model.ModelServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthorizedHttpClientTest {

    @Test
    void asksOnceMoreWithANewToken() throws Exception {
        try (ModelServer server = new ModelServer(Faults.none());
                HttpClient http = HttpClient.newHttpClient()) {
            String good = new Rest(http, server.origin())
                    .post("/auth/login/", Map.of("username", "ada", "password", "a password"), null)
                    .path("access_token")
                    .asText();
            HttpClient authorized = new AuthorizedHttpClient(http, new AuthorizedHttpClient.Bearer() {
                @Override
                public String token() {
                    return "an expired one";
                }

                @Override
                public String tokenOtherThan(String refused) {
                    return refused.equals("an expired one") ? good : "none";
                }
            });
            HttpRequest request = HttpRequest.newBuilder(server.origin().resolve("/auth/ws-ticket/"))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();

            HttpResponse<String> sent = authorized.send(request, BodyHandlers.ofString());
            HttpResponse<String> sentAsync =
                    authorized.sendAsync(request, BodyHandlers.ofString()).join();

            assertThat(sent.statusCode()).isEqualTo(200);
            assertThat(sentAsync.statusCode()).isEqualTo(200);
            assertThat(sentAsync.body()).contains("ticket");
        }
    }
}
