package dev.parley.gateway.limit;

import dev.parley.kit.limit.RateLimiter;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The limits of this gateway, and what counts towards them. Thread-safe.
@ApplicationScoped
public class Limits {

    static final String FRAMES_PER_SOCKET = "frames_per_socket";

    /// Nobody knows when a user closes a socket; who has too many backs off for a while.
    private static final Duration TOO_MANY_SOCKETS = Duration.ofSeconds(30);

    private final LimitConfig config;
    private final MeterRegistry registry;
    private final RateLimiter<String> upgrades;
    private final RateLimiter<String> messagesByAddress;
    private final RateLimiter<UserId> messagesByUser;
    private final Map<UserId, Integer> socketsByUser = new ConcurrentHashMap<>();
    private final AtomicInteger sockets = new AtomicInteger();

    Limits(LimitConfig config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
        this.upgrades = new RateLimiter<>(config.upgradesPerAddress(), config.countedKeys());
        this.messagesByAddress = new RateLimiter<>(config.messagesPerAddress(), config.countedKeys());
        this.messagesByUser = new RateLimiter<>(config.messagesPerUser(), config.countedKeys());
    }

    /// An upgrade is asked for.
    /// @throws ProblemException `rate_limited`
    public void upgrade(String address) {
        var wait = upgrades.take(address);
        if (wait > 0) {
            refused("upgrades_per_address");
            throw ProblemException.rateLimited(Duration.ofNanos(wait));
        }
    }

    /// Takes one of the user's sockets; [#socketClosed] gives it back.
    /// @throws ProblemException `rate_limited` if the user has as many as may be, `unavailable` if the gateway has
    public void openSocket(UserId user) {
        if (sockets.incrementAndGet() > config.sockets()) {
            sockets.decrementAndGet();
            refused("sockets");
            throw new ProblemException(ProblemCode.UNAVAILABLE, "This gateway has as many sockets as it may have");
        }
        if (socketsByUser.merge(user, 1, Integer::sum) > config.socketsPerUser()) {
            socketClosed(user);
            refused("sockets_per_user");
            throw ProblemException.rateLimited(TOO_MANY_SOCKETS);
        }
    }

    public void socketClosed(UserId user) {
        sockets.decrementAndGet();
        socketsByUser.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }

    /// What a new socket's client may send.
    public SocketLimits ofSocket(UserId user, String address) {
        return new SocketLimits(
                this,
                user,
                address,
                new FrameRate(config.framesPerSocket()),
                new PerMinute(config.refusalsPerMinute()));
    }

    /// @return 0, or the nanoseconds until the next message
    long takeMessage(UserId user, String address) {
        var wait = messagesByUser.take(user);
        if (wait > 0) {
            refused("messages_per_user");
            return wait;
        }
        wait = messagesByAddress.take(address);
        if (wait > 0) {
            // Nobody pays for what the others at his address do.
            messagesByUser.giveBack(user);
            refused("messages_per_address");
        }
        return wait;
    }

    void refused(String limit) {
        registry.counter("parley.limit.refused", "limit", limit).increment();
    }
}
