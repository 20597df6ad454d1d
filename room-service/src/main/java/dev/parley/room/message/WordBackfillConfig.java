package dev.parley.room.message;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How fast messages that are older than search are made findable, all replicas together.
@ConfigMapping(prefix = "parley.word-backfill")
interface WordBackfillConfig {

    /// Messages looked at in one transaction. Default: 200. Higher: it holds their rows, and up edits of them, for
    /// longer; lower: slower.
    @WithDefault("200")
    int batch();

    /// From the begin of a batch to the next. Default: 200 ms. Higher: old messages are found later; lower: more load
    /// beside what users do.
    @WithDefault("200MS")
    Duration interval();
}
