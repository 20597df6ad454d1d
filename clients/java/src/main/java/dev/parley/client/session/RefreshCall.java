package dev.parley.client.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.ParleyException;
import dev.parley.client.http.Rest;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Asks for the successor of a refresh token.
///
/// The server answers a spent token with the same successor for 10 s and takes it for stolen later. Whether a call that
/// has no answer of the server's has spent it, nobody knows: so it is repeated within that time.
///
/// *Thread*: any; blocks for [#LONGEST] at most.
final class RefreshCall {

    private static final Duration TRY = Duration.ofSeconds(3);
    private static final int TRIES = 3;

    /// Three tries end inside the 10 s.
    static final Duration LONGEST = TRY.multipliedBy(TRIES).plusSeconds(1);

    /// What a proxy says that has lost the server, or a server that has lost its way, after it was asked. A 503 is said
    /// before anything is done.
    private static final Set<Integer> UNANSWERED = Set.of(500, 502, 504);

    private static final long LEAST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final Rest rest;
    private final RandomGenerator random = new Random();

    RefreshCall(Rest rest) {
        this.rest = rest;
    }

    /// @throws ParleyException.Problem of status 401 when the session is over; any other one, and
    /// [ParleyException.Unreachable], when it is to be tried again later
    JsonNode ask(String refreshToken) {
        for (int tried = 1; ; tried++) {
            long began = System.nanoTime();
            try {
                return rest.post("/auth/refresh/", Map.of("refresh_token", refreshToken), null, TRY);
            } catch (ParleyException.Unreachable unanswered) {
                if (tried == TRIES) {
                    throw unanswered;
                }
            } catch (ParleyException.Problem problem) {
                if (tried == TRIES || !UNANSWERED.contains(problem.status())) {
                    throw problem;
                }
            }
            pause(System.nanoTime() - began);
        }
    }

    /// What fails at once would fail three times at once. A try that took its time is repeated without more ado.
    private void pause(long tookNanos) {
        long pause = Duration.ofMillis(random.nextLong(LEAST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS))
                .toNanos();
        if (pause > tookNanos) {
            LockSupport.parkNanos(pause - tookNanos);
        }
    }
}
