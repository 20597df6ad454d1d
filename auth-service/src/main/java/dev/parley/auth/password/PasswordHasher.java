package dev.parley.auth.password;

import dev.parley.auth.password.Argon2idHash.Cost;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Makes and checks password hashes, a bounded number at once: what does not fit is `unavailable` at once, so a
/// storm of logins costs a known amount of memory and cannot starve the rest of the service.
///
/// Thread: callers on any that may block. The work runs on platform threads of its own, because computing on a
/// virtual one would hold a carrier for its whole duration.
@ApplicationScoped
public class PasswordHasher {

    private final Cost cost;
    private final PasswordConfig config;
    private final ThreadPoolExecutor workers;
    private final SecureRandom random = new SecureRandom();
    private final Argon2idHash decoy;

    PasswordHasher(PasswordConfig config, MeterRegistry metrics) {
        this.config = config;
        this.cost = new Cost(config.memoryKib(), config.iterations(), config.parallelism());
        var threads = config.concurrentHashes().orElse(Runtime.getRuntime().availableProcessors());
        this.workers = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.waitingHashes()),
                Thread.ofPlatform().name("password-", 0).daemon().factory());
        this.decoy = Argon2idHash.compute("decoy", salt(), cost);
        metrics.gauge("parley.password.waiting", workers.getQueue(), queue -> queue.size());
    }

    /// @return the text to keep, with a salt of its own
    /// @throws ProblemException `unavailable` if too many wait
    public String hash(Password password) {
        return compute(() -> Argon2idHash.compute(password.text(), salt(), cost).toString());
    }

    /// Whether `password` is the one that was hashed.
    /// @param kept as [#hash] gave it; null when there is no such account, which takes the same time
    /// @throws ProblemException `unavailable` if too many wait
    public boolean matches(Password password, @Nullable String kept) {
        return compute(() -> {
            var equal = (kept == null ? decoy : Argon2idHash.parse(kept)).matches(password.text());
            return equal && kept != null;
        });
    }

    /// Whether a kept hash was made at another cost than today's, so that it should be replaced at the next login.
    public boolean isOutdated(String kept) {
        return !Argon2idHash.parse(kept).cost().equals(cost);
    }

    private byte[] salt() {
        var salt = new byte[Argon2idHash.SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private <T> T compute(Callable<T> work) {
        try {
            var result = workers.submit(work);
            try {
                return result.get(config.patience().toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                result.cancel(false);
            }
        } catch (RejectedExecutionException | TimeoutException e) {
            throw ProblemException.of(ProblemCode.UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemCode.UNAVAILABLE);
        } catch (ExecutionException e) {
            throw new IllegalStateException("password hashing failed", e.getCause());
        }
    }

    @PreDestroy
    void stop() {
        workers.shutdownNow();
    }
}
