package dev.parley.gateway.socket;

import dev.parley.gateway.feed.RoomFeeds;
import dev.parley.gateway.frame.FrameParser;
import dev.parley.gateway.frame.FrameWriter;
import dev.parley.gateway.limit.Limits;
import dev.parley.gateway.send.Senders;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// What every socket works with, the same for all of them.
@Singleton
final class SocketServices {

    final FrameParser parser;
    final FrameWriter writer;
    final Senders senders;
    final RoomFeeds feeds;
    final Limits limits;
    final SocketConfig config;
    final InstantSource clock;

    SocketServices(
            FrameParser parser,
            FrameWriter writer,
            Senders senders,
            RoomFeeds feeds,
            Limits limits,
            SocketConfig config,
            InstantSource clock) {
        this.parser = parser;
        this.writer = writer;
        this.senders = senders;
        this.feeds = feeds;
        this.limits = limits;
        this.config = config;
        this.clock = clock;
    }
}
