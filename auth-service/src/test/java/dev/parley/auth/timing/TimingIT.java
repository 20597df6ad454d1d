package dev.parley.auth.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Backing;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whether the time of an answer tells if an account exists. Known and unknown ones take turns in a shuffled order, so
/// that whatever else the machine does, and the mails that known addresses cause a moment later, meet both alike.
///
/// The bound is on the size of the effect, not on a p-value, which with enough requests finds any difference, and
/// finds some by chance once in so many runs. Chance alone stays within it: it is 4.6 standard deviations and more
/// (less than 1 in 100,000). Looking for the account before the answer moves it beyond 0.2.
@QuarkusTest
@WithTestResource(Backing.class)
@TestProfile(TimingIT.NoLimits.class)
class TimingIT {

    static final double FORGOT_BOUND = 0.06;
    private static final double LOGIN_BOUND = 0.15;
    private static final int WARM_UP = 200;

    @Inject
    AgroalDataSource database;

    private final HttpClient http = HttpClient.newHttpClient();

    private record Attempt(String path, String body, int status, boolean known) {}

    @Test
    void doesNotTellWhoseAddressIsKnown() throws Exception {
        insertAccounts("forgot", 1_000);
        var attempts = new ArrayList<Attempt>();
        for (int i = 0; i < 1_000; i++) {
            attempts.add(forgot("forgot-%04d@example.com".formatted(i), true));
            attempts.add(forgot("nobody-%04d@example.com".formatted(i), false));
        }

        compare("forgot-password", attempts, WARM_UP, FORGOT_BOUND);
    }

    @Test
    void doesNotTellWhoseNameIsKnown() throws Exception {
        insertAccounts("login", 200);
        var attempts = new ArrayList<Attempt>();
        for (int i = 0; i < 200; i++) {
            attempts.add(login("login-%04d".formatted(i), true));
            attempts.add(login("nobod-%04d".formatted(i), false));
        }

        compare("login", attempts, 20, LOGIN_BOUND);
    }

    private void compare(String name, List<Attempt> attempts, int warmUp, double bound) throws Exception {
        Collections.shuffle(attempts, new Random(42));
        for (var attempt : attempts.subList(0, warmUp)) {
            nanos(attempt);
        }

        var known = new ArrayList<Long>();
        var unknown = new ArrayList<Long>();
        for (var attempt : attempts) {
            (attempt.known() ? known : unknown).add(nanos(attempt));
        }

        var ofKnown = known.stream().mapToLong(Long::longValue).toArray();
        var ofUnknown = unknown.stream().mapToLong(Long::longValue).toArray();
        var comparison = RankComparison.of(ofKnown, ofUnknown);
        System.out.printf(
                "timing %s: %s; %s; %s, bound 0.5 ± %.2f, chance ± %.3f (1 s.d.)%n",
                name,
                RankComparison.describe("known", ofKnown),
                RankComparison.describe("unknown", ofUnknown),
                comparison,
                bound,
                RankComparison.deviation(ofKnown.length, ofUnknown.length));
        assertThat(comparison.distance()).as("%s: %s", name, comparison).isLessThan(bound);
    }

    private long nanos(Attempt attempt) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + attempt.path()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(attempt.body()))
                .build();
        var start = System.nanoTime();
        var answer = http.send(request, BodyHandlers.ofString());
        var nanos = System.nanoTime() - start;
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(attempt.status());
        return nanos;
    }

    private static Attempt forgot(String email, boolean known) {
        return new Attempt("/auth/forgot-password/", "{\"email\":\"" + email + "\"}", 202, known);
    }

    private static Attempt login(String username, boolean known) {
        return new Attempt(
                "/auth/login/",
                "{\"username\":\"" + username + "\",\"password\":\"not the right password\"}",
                401,
                known);
    }

    /// The hash is of nobody's password, at the configured cost.
    private void insertAccounts(String prefix, int count) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        insert into accounts (id, username, display_name, email, password_hash, version, created_at)
                        select gen_random_uuid(), name, name, name || '@example.com', ?, 1, now()
                        from (select ? || '-' || lpad(i::text, 4, '0') as name from generate_series(0, ?) i) names""")) {
            insert.setString(1, "$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(22) + "$" + "A".repeat(43));
            insert.setString(2, prefix);
            insert.setInt(3, count - 1);
            insert.executeUpdate();
        }
    }

    public static final class NoLimits implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "parley.throttle.mail-per-account", "100000/1m",
                    "parley.throttle.password-per-account", "100000/1m");
        }
    }
}
