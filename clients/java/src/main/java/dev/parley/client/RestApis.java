package dev.parley.client;

import dev.parley.client.http.AuthorizedHttpClient;
import dev.parley.client.http.ParleyException;
import dev.parley.client.http.Rest;
import dev.parley.client.rest.ApiClient;
import dev.parley.client.rest.ApiException;
import dev.parley.client.rest.auth.ProfileApi;
import dev.parley.client.rest.auth.SessionsApi;
import dev.parley.client.rest.auth.UsersApi;
import dev.parley.client.rest.chat.LogApi;
import dev.parley.client.rest.chat.MessagesApi;
import dev.parley.client.rest.chat.ParticipantsApi;
import dev.parley.client.rest.chat.ReactionsApi;
import dev.parley.client.rest.chat.ReadingApi;
import dev.parley.client.rest.chat.RoomsApi;
import dev.parley.client.rest.chat.SearchApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;

/// The REST APIs, generated from `clients/openapi`, as the one who is logged in.
///
/// Their calls throw the checked [ApiException]; [#call] turns it into what the rest of the SDK throws. *Thread*: any;
/// calls block, which suits virtual threads.
public final class RestApis {

    /// A call of a generated API.
    public interface Call<T> {
        T run() throws ApiException;
    }

    private final ApiClient client;

    RestApis(HttpClient http, AuthorizedHttpClient.Bearer bearer, URI origin) {
        HttpClient authorized = new AuthorizedHttpClient(http, bearer);
        client =
                new ApiClient(
                        HttpClient.newBuilder(),
                        ApiClient.createDefaultObjectMapper(),
                        origin.toString().replaceFirst("/$", "")) {
                    @Override
                    public HttpClient getHttpClient() {
                        return authorized;
                    }
                };
        client.setReadTimeout(Rest.PATIENCE);
    }

    /// Runs a call, as in `parley.rest().call(() -> parley.rest().rooms().getRoom(id))`.
    ///
    /// @throws ParleyException if it does not succeed
    public <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (ApiException e) {
            throw of(e);
        }
    }

    private static ParleyException of(ApiException e) {
        return e.getCause() instanceof IOException || e.getCode() == 0
                ? new ParleyException.Unreachable("no answer", e)
                : Rest.problem(e.getCode(), e.getResponseBody(), e.getResponseHeaders());
    }

    public RoomsApi rooms() {
        return new RoomsApi(client);
    }

    public ParticipantsApi participants() {
        return new ParticipantsApi(client);
    }

    public MessagesApi messages() {
        return new MessagesApi(client);
    }

    public ReactionsApi reactions() {
        return new ReactionsApi(client);
    }

    public ReadingApi reading() {
        return new ReadingApi(client);
    }

    public LogApi log() {
        return new LogApi(client);
    }

    public SearchApi search() {
        return new SearchApi(client);
    }

    public UsersApi users() {
        return new UsersApi(client);
    }

    public ProfileApi profile() {
        return new ProfileApi(client);
    }

    public SessionsApi sessions() {
        return new SessionsApi(client);
    }
}
