package dev.parley.gateway.typing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How often a socket may say that its user types.
@ConfigMapping(prefix = "parley.gateway.typing")
public interface TypingConfig {

    /// After how long without a renewal somebody types no more. The contract says 6 s; clients count on it.
    @WithDefault("6s")
    Duration lapse();

    /// How soon a renewal is relayed again. Shorter: more signals that tell nothing new; at most half of the lapse.
    @WithDefault("2s")
    Duration renewal();

    /// Times a socket may begin to type at once, in any rooms, before it is ignored.
    @WithDefault("10")
    int burst();

    /// How long until one more is allowed.
    @WithDefault("500ms")
    Duration refill();

    /// Rooms in which one socket may type at the same time.
    @WithDefault("20")
    int rooms();
}
