package dev.parley.kit.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// Whether everybody reads the partitions that anybody writes to. Each process announces in Redis what it writes and
/// reads, for as long as it agrees with all that stand there already; one that does not is not ready and announces
/// nothing. So it is the newcomer that fails, and a roll-out stops at its first replica, while the others go on.
///
/// Not knowing (Redis is away, or was flushed a moment ago) is no disagreement. Thread-safe.
@Readiness
@ApplicationScoped
public class PartitionAgreement implements HealthCheck {

    /// How long an announcement stands: a process that was killed is in nobody's way for longer.
    static final Duration STANDS = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(PartitionAgreement.class);
    private static final String KEY = "stream-partitions";
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// Members are `writes reads name`; a score is when the announcement falls, by Redis' clock in milliseconds.
    /// ARGV: member, writes, reads, milliseconds it stands, whether to announce.
    private static final String ANNOUNCE = """
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            local against = {}
            for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
                local writes, reads = string.match(member, '^(%d%d?%d?) (%d%d?%d?) ')
                if writes and member ~= ARGV[1]
                        and (tonumber(writes) > tonumber(ARGV[3]) or tonumber(reads) < tonumber(ARGV[2])) then
                    table.insert(against, member)
                end
            end
            if #against > 0 then
                redis.call('ZREM', KEYS[1], ARGV[1])
            elseif ARGV[5] == '1' then
                redis.call('ZADD', KEYS[1], now + tonumber(ARGV[4]), ARGV[1])
                redis.call('PEXPIRE', KEYS[1], ARGV[4])
            end
            return against""";

    private final Vertx vertx;
    private final Redis redis;
    private final int writes;
    private final int reads;
    private final String member;
    private long timer;

    /// The announcements that this process does not agree with; empty while it is not known.
    private volatile List<String> against = List.of();

    /// Refused the last time it could ask. It then looks once more before it announces itself: when Redis was flushed,
    /// those who agreed have said so again by then.
    private volatile boolean refused;

    PartitionAgreement(
            Vertx vertx,
            Redis redis,
            StreamsConfig streams,
            @ConfigProperty(name = "quarkus.application.name") String application,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.redis = redis;
        this.writes = streams.partitions();
        this.reads = streams.partitionsRead();
        this.member = writes + " " + reads + " " + application + "-"
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
        Gauge.builder("parley.streams.disagreements", this, self -> self.against.size())
                .description("Processes that write partitions not read here, or do not read what is written here")
                .register(registry);
    }

    /// Waits a moment for the first answer, so that a process that must not be ready never is.
    /// @throws IllegalStateException if this process would not read what it writes
    void start(@Observes StartupEvent event) {
        if (reads < writes) {
            throw new IllegalStateException("parley.streams.partitions.read is " + reads
                    + ", below parley.streams.partitions, which is " + writes);
        }
        await(announce(), "partitions of others not known");
        timer = vertx.setPeriodic(INTERVAL.toMillis(), _ -> announce());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
        await(redis.send(Request.cmd(Command.ZREM).arg(KEY).arg(member)), "announcement stands until it falls");
    }

    private static void await(Future<?> future, String otherwise) {
        try {
            future.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.infof("%s cause=%s", otherwise, e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public HealthCheckResponse call() {
        var known = against;
        return HealthCheckResponse.named("stream-partitions")
                .withData("writes", writes)
                .withData("reads", reads)
                .withData("disagreements", known.stream().map(this::reason).collect(Collectors.joining("; ")))
                .status(known.isEmpty())
                .build();
    }

    /// Says what this process does, and learns who does not agree. Completes when that is known.
    Future<Void> announce() {
        return redis.send(Request.cmd(Command.EVAL)
                        .arg(ANNOUNCE)
                        .arg(1)
                        .arg(KEY)
                        .arg(member)
                        .arg(writes)
                        .arg(reads)
                        .arg(STANDS.toMillis())
                        .arg(refused ? 0 : 1))
                .onSuccess(
                        answer -> learn(answer.stream().map(Response::toString).toList()))
                .onFailure(_ -> against = List.of())
                .mapEmpty();
    }

    private synchronized void learn(List<String> members) {
        if (!members.isEmpty() && against.isEmpty()) {
            LOG.errorf(
                    "partitions disagree, not ready: %s",
                    members.stream().map(this::reason).collect(Collectors.joining("; ")));
        } else if (members.isEmpty() && refused) {
            LOG.info("partitions agree again");
        }
        against = members;
        refused = !members.isEmpty();
    }

    private String reason(String other) {
        var words = other.split(" ", 3);
        return Integer.parseInt(words[0]) > reads
                ? "%s writes %s partitions, %d are read here".formatted(words[2], words[0], reads)
                : "%s reads %s partitions, %d are written here".formatted(words[2], words[1], writes);
    }
}
