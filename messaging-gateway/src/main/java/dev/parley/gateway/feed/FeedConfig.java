package dev.parley.gateway.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much of a room's log the gateway keeps at hand, and how long it waits for what is missing.
@ConfigMapping(prefix = "parley.gateway.feed")
public interface FeedConfig {

    /// Events a room's ring holds. More: quicker resumes, more memory.
    @WithDefault("256")
    int ringEvents();

    /// Bytes a room's ring holds.
    @WithDefault("262144")
    long ringBytes();

    /// Bytes all rings hold; above, those that were used least recently are emptied. Less: busy gateways read the log
    /// of the room service more often.
    @WithDefault("67108864")
    long ringTotalBytes();

    /// Events held behind a gap before the hold is dropped and all is read from the log.
    @WithDefault("1000")
    int holdEvents();

    /// Bytes held behind a gap.
    @WithDefault("1048576")
    long holdBytes();

    /// How long a missing event may still come by itself before the log is asked. Longer: fewer reads of the log,
    /// later healing.
    @WithDefault("100ms")
    Duration gapPatience();

    /// Pause before the log is asked again after a failure.
    @WithDefault("500ms")
    Duration retryPause();

    /// How long a gap, or a reader's unanswered request for the log, may last before sockets are closed with 4511.
    @WithDefault("30s")
    Duration gapLimit();

    /// Most events asked of the log at once, 1 to 500.
    @WithDefault("500")
    int logPage();

    /// Bytes of a replay written to a socket before it waits for the network.
    @WithDefault("131072")
    long replayBytes();

    /// Bytes read from the relay that sockets have not been given yet; above, the relay is not read.
    /// More: longer bursts are taken at full speed, more memory.
    @WithDefault("33554432")
    long backlogBytes();

    /// How often changed rooms are asked for. Longer: a lost relay entry is noticed later.
    @WithDefault("1s")
    Duration headsInterval();

    /// How long a feed nobody reads is kept for those who come back.
    @WithDefault("30s")
    Duration idleLimit();
}
