package dev.parley.room.signal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How signals are relayed.
@ConfigMapping(prefix = "parley.signals")
public interface SignalConfig {

    /// Roughly how many signals a `signal` stream keeps. Default: 4000. Higher: more of Redis' memory; lower: a
    /// gateway that stops for a moment misses some, which nothing but a membership is healed from.
    @WithDefault("4000")
    int length();
}
