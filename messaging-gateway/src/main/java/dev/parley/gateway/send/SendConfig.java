package dev.parley.gateway.send;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much may be on its way, and for how long.
@ConfigMapping(prefix = "parley.gateway.send")
public interface SendConfig {

    /// Most commands of an ingest entry.
    @WithDefault("64")
    int entryCommands();

    /// Most bytes of an ingest entry.
    @WithDefault("262144")
    int entryBytes();

    /// Unanswered sends of one socket before it is not read any more.
    @WithDefault("64")
    int unansweredPerSocket();

    /// Bytes of unanswered sends of one socket before it is not read any more.
    @WithDefault("262144")
    long unansweredBytesPerSocket();

    /// Unanswered sends of the whole process before more are refused as `unavailable`.
    /// More: longer storms are sat out, more memory.
    @WithDefault("20000")
    int unansweredLimit();

    /// How often unanswered entries are looked after, and how old they are before that.
    @WithDefault("2s")
    Duration checkInterval();

    /// When a send is answered `unavailable`. With the check interval it stays within the 30 s of the contract.
    @WithDefault("27s")
    Duration answerLimit();

    /// Lost entries given to the room service at the same time.
    @WithDefault("16")
    int rescuesAtOnce();
}
