package dev.parley.gateway.socket;

import dev.parley.gateway.admission.Admission;
import dev.parley.gateway.admission.Draining;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.timeout.IdleStateHandler;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// All open sockets, and how they end when the gateway stops. Thread-safe.
@ApplicationScoped
class Sockets {

    private static final Logger LOG = Logger.getLogger(Sockets.class);
    private static final Duration CLOSING_TIME = Duration.ofSeconds(1);
    private static final Duration CLOSING_POLL = Duration.ofMillis(20);

    private final Set<ChatSocket> open = ConcurrentHashMap.newKeySet();
    private final SocketsBySession bySession;
    private final SocketsByUser byUser;
    private final SocketServices services;
    private final SocketConfig config;
    private final Draining draining;
    private final MeterRegistry registry;

    Sockets(
            SocketsBySession bySession,
            SocketsByUser byUser,
            SocketServices services,
            SocketConfig config,
            Draining draining,
            MeterRegistry registry) {
        this.bySession = bySession;
        this.byUser = byUser;
        this.services = services;
        this.config = config;
        this.draining = draining;
        this.registry = registry;
        Gauge.builder("parley.socket.open", open, Set::size)
                .description("Open sockets")
                .register(registry);
        Gauge.builder(
                        "parley.socket.queue",
                        open,
                        sockets -> sockets.stream()
                                .mapToLong(ChatSocket::pendingBytes)
                                .sum())
                .baseUnit("bytes")
                .description("Written to sockets and not yet taken by the network")
                .register(registry);
    }

    ChatSocket open(WebSocketConnection connection, Admission admission) {
        var socket = new ChatSocket(connection, admission, services);
        open.add(socket);
        bySession.add(socket);
        byUser.add(socket);
        services.presence.opened(socket.userId());
        // The heartbeat finds out who is gone. What the HTTP server has for it would add a promise to every write.
        var pipeline = admission.channel().pipeline();
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
        // A client may leave during the upgrade: then nobody else tells.
        admission.channel().closeFuture().addListener(_ -> closed(socket));
        return socket;
    }

    void closed(ChatSocket socket) {
        if (open.remove(socket)) {
            bySession.remove(socket);
            byUser.remove(socket);
            services.presence.closed(socket.userId());
            socket.stop();
            registry.counter("parley.socket.ended", "cause", socket.endCause()).increment();
        }
    }

    /// A socket whose admission was under way when the drain began, or its session ended.
    void closeIfTooLate(ChatSocket socket) {
        bySession.closeIfEnded(socket);
        if (draining.isUnderWay()) {
            socket.close(CloseCode.SERVICE_RESTART);
        }
    }

    /// Quarkus would close every socket with 1000, which clients take for good, and before it tells of the shutdown:
    /// the HTTP server goes first. So this is done before that; they are told to come back instead,
    /// each after a time of its own, so that they do not come all at once.
    void drain(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        draining.begin();
        var sockets = Set.copyOf(open);
        if (sockets.isEmpty()) {
            return;
        }
        LOG.infof("closing sockets count=%d", sockets.size());
        var spreadMillis = config.drainSpread().toMillis();
        for (var socket : sockets) {
            var delay = ThreadLocalRandom.current().nextLong(spreadMillis + 1);
            socket.eventLoop()
                    .execute(() -> socket.drain(ThreadLocalRandom.current().nextLong(spreadMillis + 1)));
            socket.eventLoop()
                    .schedule(() -> socket.closeOnceAnswered(CloseCode.SERVICE_RESTART), delay, TimeUnit.MILLISECONDS);
        }
        awaitClosed(config.drainSpread().plus(config.drainPatience()).plus(CLOSING_TIME));
        LOG.infof("closed sockets left=%d", open.size());
    }

    /// A socket counts as open until its TCP connection has ended; a client that does not answer the close frame is not
    /// waited for beyond `limit`.
    private void awaitClosed(Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (!open.isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(CLOSING_POLL);
        }
    }
}
