package dev.parley.gateway.socket;

import dev.parley.gateway.GatewayIdentity;
import dev.parley.gateway.feed.RoomFeeds;
import dev.parley.gateway.frame.FrameParser;
import dev.parley.gateway.frame.FrameWriter;
import dev.parley.gateway.limit.Limits;
import dev.parley.gateway.participation.StandingLookups;
import dev.parley.gateway.presence.Presence;
import dev.parley.gateway.read.ReadCursors;
import dev.parley.gateway.send.Senders;
import dev.parley.gateway.signal.SignalWriter;
import dev.parley.gateway.typing.TypingConfig;
import dev.parley.kit.token.AccessTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/// What every socket works with, the same for all of them.
@Singleton
final class SocketServices {

    final FrameParser parser;
    final FrameWriter writer;
    final Senders senders;
    final RoomFeeds feeds;
    final Limits limits;
    final Presence presence;
    final StandingLookups lookups;
    final ReadCursors cursors;
    final SignalWriter signals;
    final TypingConfig typing;
    final AccessTokens tokens;
    final ExecutorService virtualThreads;
    final GatewayIdentity gateway;
    final SocketMetrics metrics;
    final SocketConfig config;
    final InstantSource clock;

    SocketServices(
            FrameParser parser,
            FrameWriter writer,
            Senders senders,
            RoomFeeds feeds,
            Limits limits,
            Presence presence,
            StandingLookups lookups,
            ReadCursors cursors,
            SignalWriter signals,
            TypingConfig typing,
            AccessTokens tokens,
            @VirtualThreads ExecutorService virtualThreads,
            GatewayIdentity gateway,
            MeterRegistry registry,
            SocketConfig config,
            InstantSource clock) {
        this.parser = parser;
        this.writer = writer;
        this.senders = senders;
        this.feeds = feeds;
        this.limits = limits;
        this.presence = presence;
        this.lookups = lookups;
        this.cursors = cursors;
        this.signals = signals;
        this.typing = typing;
        this.tokens = tokens;
        this.virtualThreads = virtualThreads;
        this.gateway = gateway;
        this.metrics = SocketMetrics.of(registry);
        this.config = config;
        this.clock = clock;
    }
}
