package dev.parley.kit.limit;

import dev.parley.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Lets each subject have its rate, counted in Redis for all replicas together. A limit fills up again evenly.
/// Without Redis everybody passes, uncounted. Thread-safe; a call waits for Redis.
@ApplicationScoped
public class SharedRateLimiter {

    /// The generic cell rate algorithm (ITU-T I.371): one number a key, the time at which all would be forgotten.
    /// Answers 0, or the milliseconds to wait.
    private static final String SCRIPT = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local interval, period = tonumber(ARGV[1]), tonumber(ARGV[2])
            local free = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + interval
            if free - now > period then
                return math.ceil(free - now - period)
            end
            redis.call('SET', KEYS[1], string.format('%.3f', free), 'PX', period)
            return 0""";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int KEY_BYTES = 16;
    private static final Logger LOG = Logger.getLogger(SharedRateLimiter.class);

    private final Redis redis;
    private final Counter refused;
    private final Counter unchecked;

    SharedRateLimiter(Redis redis, MeterRegistry metrics) {
        this.redis = redis;
        this.refused = metrics.counter("parley.throttle.refused");
        this.unchecked = metrics.counter("parley.throttle.unchecked");
    }

    /// Takes one of a subject's.
    /// @param rule names what is limited; each has keys of its own
    /// @param subject a name, an address, an id
    /// @throws ProblemException `rate_limited` if there is none left; nothing is taken then
    public void require(String rule, String subject, Rate rate) {
        var wait = waitMillis(key(rule, subject), rate);
        if (wait > 0) {
            refused.increment();
            throw ProblemException.rateLimited(Duration.ofMillis(wait));
        }
    }

    private long waitMillis(String key, Rate rate) {
        var request = Request.cmd(Command.EVAL)
                .arg(SCRIPT)
                .arg(1)
                .arg(key)
                .arg(Double.toString(rate.intervalMillis()))
                .arg(rate.period().toMillis());
        try {
            return redis.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .toLong();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            LOG.debugf("attempt not counted cause=%s", e);
        }
        unchecked.increment();
        return 0;
    }

    /// Subjects are names and addresses of people: Redis sees only a hash.
    private static String key(String rule, String subject) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return "throttle:" + rule + ":" + HexFormat.of().formatHex(hash, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
