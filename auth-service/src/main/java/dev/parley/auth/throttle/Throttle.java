package dev.parley.auth.throttle;

import dev.parley.kit.limit.ClientAddress;
import dev.parley.kit.limit.Rate;
import dev.parley.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Counts attempts in Redis and refuses those above a rate. A limit fills up again evenly, so nobody is locked out
/// for longer than one attempt takes to come back, however long somebody else has been trying their name.
/// Without Redis all attempts pass: the cost of a password hash still bounds guessing.
@ApplicationScoped
public class Throttle {

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
    private static final Logger LOG = Logger.getLogger(Throttle.class);

    private final Redis redis;
    private final ClientAddress addresses;
    private final ThrottleConfig config;
    private final Counter refused;
    private final Counter unchecked;

    Throttle(Redis redis, ClientAddress addresses, ThrottleConfig config, MeterRegistry metrics) {
        this.redis = redis;
        this.addresses = addresses;
        this.config = config;
        this.refused = metrics.counter("parley.throttle.refused");
        this.unchecked = metrics.counter("parley.throttle.unchecked");
    }

    /// @throws ProblemException `rate_limited`
    public void login(HttpServerRequest request, String name) {
        require("login-address", addresses.of(request), config.loginPerAddress());
        password(name);
    }

    /// An attempt at a password.
    /// @param name as it was given: an unknown one counts as a known one does
    /// @throws ProblemException `rate_limited`
    public void password(String name) {
        require("password", name.toLowerCase(Locale.ROOT), config.passwordPerAccount());
    }

    /// @throws ProblemException `rate_limited`
    public void register(HttpServerRequest request) {
        require("register-address", addresses.of(request), config.registerPerAddress());
    }

    /// A mail that somebody asks to be sent.
    /// @throws ProblemException `rate_limited`
    public void mail(HttpServerRequest request, String recipient) {
        require("mail-address", addresses.of(request), config.mailPerAddress());
        require("mail", recipient.toLowerCase(Locale.ROOT), config.mailPerAccount());
    }

    /// @throws ProblemException `rate_limited`
    public void refreshFrom(HttpServerRequest request) {
        require("refresh-address", addresses.of(request), config.refreshPerAddress());
    }

    /// @throws ProblemException `rate_limited`
    public void refresh(String session) {
        require("refresh", session, config.refreshPerSession());
    }

    /// @throws ProblemException `rate_limited`
    public void ticket(String user) {
        require("ticket", user, config.ticketPerAccount());
    }

    /// @throws ProblemException `rate_limited`
    public void search(String user) {
        require("search", user, config.searchPerAccount());
    }

    private void require(String rule, String subject, Rate rate) {
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
