package dev.parley.gateway.relay;

import dev.parley.gateway.Buckets;
import dev.parley.gateway.GatewayIdentity;
import dev.parley.gateway.feed.RoomFeeds;
import dev.parley.gateway.send.Senders;
import dev.parley.gateway.socket.SignalDelivery;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.kit.stream.StreamsConfig;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.ReplyEntry;
import dev.parley.model.stream.SendOutcome;
import dev.parley.model.stream.Signal;
import dev.parley.model.stream.StreamKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Reads every partition of the relay, and the replies to this process, from its start to its end.
/// An ack is settled before anybody compares a `seq`: the sender is answered even if the event is a repeat here.
@ApplicationScoped
public class RelayReader {

    private static final Logger LOG = Logger.getLogger(RelayReader.class);
    private static final String FROM_THE_BEGINNING = "0-0";

    private final StreamCursors cursors;
    private final StreamsConfig streams;
    private final GatewayIdentity gateway;
    private final RoomFeeds feeds;
    private final Senders senders;
    private final SignalDelivery signals;
    private final Counter entries;
    private final Counter unreadable;
    private final InstantSource clock;
    private final Timer lag;

    RelayReader(
            StreamCursors cursors,
            StreamsConfig streams,
            GatewayIdentity gateway,
            RoomFeeds feeds,
            Senders senders,
            SignalDelivery signals,
            InstantSource clock,
            MeterRegistry registry) {
        this.cursors = cursors;
        this.streams = streams;
        this.gateway = gateway;
        this.feeds = feeds;
        this.senders = senders;
        this.signals = signals;
        this.entries = registry.counter("parley.relay.entries");
        this.clock = clock;
        this.lag = Timer.builder("parley.relay.lag")
                .description("From a message's timestamp to its being read from the relay")
                .serviceLevelObjectives(Buckets.MILLISECONDS)
                .register(registry);
        this.unreadable = registry.counter("parley.relay.unreadable");
    }

    void start(@Observes StartupEvent event) {
        cursors.claim(2 * streams.partitionsRead() + 1);
        for (int partition = 0; partition < streams.partitionsRead(); partition++) {
            cursors.read(StreamKeys.relay(partition), null, this::relay);
            // A cursor of their own: a storm of signals delays no event.
            cursors.read(StreamKeys.signal(partition), null, this::signals);
        }
        cursors.read(StreamKeys.reply(gateway.id()), FROM_THE_BEGINNING, this::reply);
    }

    /// Whether all streams could be read the last time.
    public boolean isConnected() {
        return cursors.areConnected();
    }

    private void relay(List<StreamRecord> records) {
        Map<RoomId, List<RelayEntry>> byRoom = new LinkedHashMap<>();
        for (var record : records) {
            parse(record, RelayEntry::of).ifPresent(entry -> {
                settle(entry);
                byRoom.computeIfAbsent(entry.roomId(), room -> new ArrayList<>())
                        .add(entry);
            });
        }
        entries.increment(records.size());
        noteLag(byRoom.values());
        try {
            for (var room : byRoom.entrySet()) {
                feeds.offer(room.getKey(), room.getValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Of the newest entry of a read; a clock that is behind the room service's makes it 0.
    private void noteLag(Collection<List<RelayEntry>> read) {
        read.stream()
                .map(entries -> entries.getLast().timestamp())
                .max(Comparator.naturalOrder())
                .map(committed -> Duration.between(committed, clock.instant()))
                .ifPresent(lag::record);
    }

    private void settle(RelayEntry entry) {
        var cause = entry.cause();
        if (cause != null
                && entry.messageId() != null
                && cause.origin().gatewayId().equals(gateway.id())) {
            senders.settle(
                    cause.origin().connectionId(),
                    cause.ref(),
                    new SendOutcome.Stored(entry.messageId(), entry.seq(), entry.timestamp(), false));
        }
    }

    private void signals(List<StreamRecord> records) {
        for (var record : records) {
            parse(record, Signal::of).ifPresent(signals::deliver);
        }
    }

    private void reply(List<StreamRecord> records) {
        for (var record : records) {
            parse(record, ReplyEntry::of)
                    .ifPresent(entry -> senders.settle(entry.connectionId(), entry.ref(), entry.outcome()));
        }
    }

    /// What cannot be read is left out: the log has every event, and an unanswered command is asked for again.
    private <T> Optional<T> parse(StreamRecord record, Function<Map<String, String>, T> parser) {
        try {
            return Optional.of(parser.apply(record.fields()));
        } catch (IllegalArgumentException e) {
            unreadable.increment();
            LOG.errorf("stream entry not readable id=%s cause=%s", record.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
