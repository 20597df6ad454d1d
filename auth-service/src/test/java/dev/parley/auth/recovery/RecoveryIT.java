package dev.parley.auth.recovery;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.login;
import static dev.parley.auth.AuthApi.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.auth.AuthApi;
import dev.parley.auth.AuthApi.Account;
import dev.parley.auth.Backing;
import dev.parley.auth.Mailbox;
import dev.parley.auth.TestClock;
import dev.parley.embedded.MailCatcher;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class RecoveryIT {

    private static final String VERIFY = "Confirm your e-mail address";
    private static final String RESET = "Reset your password";
    private static final String CHANGED = "Your password was changed";
    private static final String ABOUT_TO_CHANGE = "Your e-mail address is about to change";
    private static final String NEW_PASSWORD = "a much better password";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    DataSource database;

    MailCatcher mail;

    @AfterEach
    void backToThePresent() {
        TestClock.reset();
    }

    @Test
    void verifiesAnAddressOnce() {
        var account = AuthApi.register();
        var message = mailbox(account).await(VERIFY, 1);
        var token = Mailbox.token(message);

        verify(token).then().statusCode(204);

        account.bearer().get("/auth/me/").then().body("email_verified", equalTo(true));
        verify(token).then().statusCode(400).body("errors[0].field", equalTo("token"));
        assertThat(message.source()).contains("text/plain").contains("text/html");
    }

    @Test
    void takesAProvedAddressFromThoseWhoOnlyClaimIt() {
        var squatter = AuthApi.register();
        var body = AuthApi.registration(AuthApi.newUsername());
        body.put("email", squatter.username() + "@example.com");
        var owner = Account.of(post("/auth/register/", body));
        var tokens = List.of(
                Mailbox.token(mailbox(squatter).await(VERIFY, 1)),
                Mailbox.token(mailbox(squatter).await(VERIFY, 2)));
        var message = mailbox(squatter).mails().stream()
                .filter(sent -> sent.text().contains("Hello " + owner.username()))
                .findFirst()
                .orElseThrow();

        verify(Mailbox.token(message)).then().statusCode(204);

        owner.bearer().get("/auth/me/").then().body("email_verified", equalTo(true));
        squatter.bearer().get("/auth/me/").then().body("email", nullValue()).body("email_verified", equalTo(false));
        tokens.stream()
                .filter(token -> !token.equals(Mailbox.token(message)))
                .forEach(token -> verify(token).then().statusCode(409).body("code", equalTo("email_taken")));
        var third = AuthApi.registration(AuthApi.newUsername());
        third.put("email", squatter.username().toUpperCase(java.util.Locale.ROOT) + "@EXAMPLE.com");
        post("/auth/register/", third).then().statusCode(409).body("code", equalTo("email_taken"));
        login(squatter.username() + "@example.com", PASSWORD)
                .then()
                .statusCode(200)
                .body("user.id", equalTo(owner.id()));
    }

    @Test
    void resetsAForgottenPasswordOnceAndEndsEverySession() {
        var account = AuthApi.register();

        forgot(account.username() + "@Example.com").then().statusCode(202).body(emptyString());
        var token = Mailbox.token(mailbox(account).await(RESET, 1));
        reset(token, NEW_PASSWORD).then().statusCode(204);

        account.bearer().get("/auth/me/").then().statusCode(401);
        login(account.username(), PASSWORD).then().statusCode(401);
        login(account.username(), NEW_PASSWORD).then().statusCode(200);
        reset(token, "yet another password").then().statusCode(400).body("errors[0].field", equalTo("token"));
        mailbox(account).await(CHANGED, 1);
    }

    @Test
    void mailsALinkThatWorksToWhoAsksTwiceInARow() {
        var account = AuthApi.register();
        var address = account.username() + "@example.com";

        for (int i = 0; i < 3; i++) {
            forgot(address).then().statusCode(202);
        }

        // Each link ends the one before, whose mail may have been sent already or not.
        await().atMost(PATIENCE)
                .until(() -> mailbox(account).mails().stream()
                        .filter(sent -> sent.subject().equals(RESET))
                        .anyMatch(
                                sent -> reset(Mailbox.token(sent), NEW_PASSWORD).statusCode() == 204));
        var next = AuthApi.register();
        mailbox(next).await(VERIFY, 1);
    }

    @Test
    void sendsOtherMailsWhenOneCannotBeMade() throws SQLException {
        execute(
                "insert into mails (id, kind, recipient, created_at, next_attempt_at) values "
                        + "('00000000-0000-4000-8000-000000000001', 'NONSENSE', 'a@example.com', now(), now() - interval '1 day')");
        try {
            var account = AuthApi.register();

            mailbox(account).await(VERIFY, 1);
        } finally {
            execute("delete from mails where kind = 'NONSENSE'");
        }
    }

    @Test
    void answersTheSameWhenThereIsNoSuchAccount() {
        var account = AuthApi.register();

        var known = forgot(account.username() + "@example.com");
        var unknown = forgot("nobody-" + account.username() + "@example.com");

        assertThat(unknown.statusCode()).isEqualTo(known.statusCode()).isEqualTo(202);
        assertThat(unknown.body().asString()).isEqualTo(known.body().asString());
        mailbox(account).await(RESET, 1);
        assertThat(new Mailbox(mail, "nobody-" + account.username() + "@example.com").mails())
                .isEmpty();
    }

    @Test
    void endsALinkAfterThirtyMinutes() {
        var account = AuthApi.register();
        forgot(account.username() + "@example.com").then().statusCode(202);
        var token = Mailbox.token(mailbox(account).await(RESET, 1));
        TestClock.advance(Duration.ofMinutes(31));

        reset(token, NEW_PASSWORD).then().statusCode(400).body("errors[0].field", equalTo("token"));
    }

    @Test
    void endsALinkWhenANewerOneIsAskedForOrThePasswordChanges() {
        var account = AuthApi.register();
        forgot(account.username() + "@example.com").then().statusCode(202);
        var first = Mailbox.token(mailbox(account).await(RESET, 1));
        forgot(account.username() + "@example.com").then().statusCode(202);
        var second = Mailbox.token(mailbox(account).await(RESET, 2));

        reset(first, NEW_PASSWORD).then().statusCode(400);
        account.bearer()
                .contentType(ContentType.JSON)
                .body(Map.of("current_password", PASSWORD, "new_password", NEW_PASSWORD))
                .post("/auth/change-password/")
                .then()
                .statusCode(204);
        reset(second, NEW_PASSWORD).then().statusCode(400);
    }

    @Test
    void doesNotSpendALinkOnABadPassword() {
        var account = AuthApi.register();
        forgot(account.username() + "@example.com").then().statusCode(202);
        var token = Mailbox.token(mailbox(account).await(RESET, 1));

        reset(token, "password1").then().statusCode(400).body("errors[0].field", equalTo("new_password"));

        reset(token, NEW_PASSWORD).then().statusCode(204);
    }

    @Test
    void doesNotTakeOneLinkForAnother() {
        var account = AuthApi.register();
        var verification = Mailbox.token(mailbox(account).await(VERIFY, 1));
        forgot(account.username() + "@example.com").then().statusCode(202);
        var reset = Mailbox.token(mailbox(account).await(RESET, 1));

        reset(verification, NEW_PASSWORD).then().statusCode(400);
        verify(reset).then().statusCode(400);
        verify("x").then().statusCode(400).body("errors[0].field", equalTo("token"));
        AuthApi.bearer(reset).get("/auth/me/").then().statusCode(401);
    }

    @Test
    void changesAnAddressWhenTheNewOneIsProved() {
        var account = AuthApi.register();
        var address = "new-" + account.username() + "@example.com";

        changeEmail(account, PASSWORD, address).then().statusCode(202);

        account.bearer().get("/auth/me/").then().body("email", equalTo(account.username() + "@example.com"));
        mailbox(account).await(ABOUT_TO_CHANGE, 1);
        verify(Mailbox.token(new Mailbox(mail, address).await(VERIFY, 1)))
                .then()
                .statusCode(204);
        account.bearer().get("/auth/me/").then().body("email", equalTo(address)).body("email_verified", equalTo(true));
    }

    @Test
    void wantsThePasswordForAnotherAddress() {
        var account = AuthApi.register();

        changeEmail(account, "not the password", "thief@example.com")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("current_password"));

        assertThat(new Mailbox(mail, "thief@example.com").mails()).isEmpty();
    }

    @Test
    void tellsThatAnAddressIsTakenOnlyWhenItIsProved() {
        var owner = AuthApi.register();
        verify(Mailbox.token(mailbox(owner).await(VERIFY, 1))).then().statusCode(204);
        var claimant = AuthApi.register();
        var account = AuthApi.register();

        changeEmail(account, PASSWORD, owner.username() + "@example.com")
                .then()
                .statusCode(409)
                .body("code", equalTo("email_taken"));
        changeEmail(account, PASSWORD, claimant.username() + "@example.com")
                .then()
                .statusCode(202);
    }

    @Test
    void limitsMailsToOneAddress() {
        var address = AuthApi.newUsername() + "@example.com";
        for (int i = 0; i < 3; i++) {
            forgot(address).then().statusCode(202);
        }

        forgot(address).then().statusCode(429).body("code", equalTo("rate_limited"));
    }

    private Mailbox mailbox(Account account) {
        return new Mailbox(mail, account.username() + "@example.com");
    }

    private static Response forgot(String email) {
        return post("/auth/forgot-password/", Map.of("email", email));
    }

    private static Response reset(String token, String password) {
        return post("/auth/reset-password/", Map.of("token", token, "new_password", password));
    }

    private static Response verify(String token) {
        return post("/auth/verify-email/", Map.of("token", token));
    }

    private static Response changeEmail(Account account, String password, String email) {
        return account.bearer()
                .contentType(ContentType.JSON)
                .body(Map.of("current_password", password, "new_email", email))
                .post("/auth/change-email/");
    }

    private void execute(String statement) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.createStatement().execute(statement);
        }
    }
}
