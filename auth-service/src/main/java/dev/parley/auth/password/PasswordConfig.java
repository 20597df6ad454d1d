package dev.parley.auth.password;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/// Cost and bounds of passwords. The Argon2id defaults are OWASP's minimum of the Password Storage Cheat Sheet
/// (19 MiB, 2 iterations, parallelism 1); raising them makes guessing a stolen hash dearer and every login slower.
@ConfigMapping(prefix = "parley.password")
public interface PasswordConfig {

    /// Least length in code points. Default 8 (NIST SP 800-63B-4 §3.1.1.2 with a second factor; 15 without is better).
    /// Lower: guessable passwords. Higher: people write them down.
    @WithDefault("8")
    int minLength();

    /// Memory of one hash in KiB. Default 19456.
    @WithDefault("19456")
    int memoryKib();

    /// Passes over the memory. Default 2.
    @WithDefault("2")
    int iterations();

    /// Lanes of one hash. Default 1.
    @WithDefault("1")
    int parallelism();

    /// How many hashes are computed at once. Default: the number of processors. Higher: more memory in a storm of
    /// logins, and nothing gained. Lower: logins wait for each other.
    OptionalInt concurrentHashes();

    /// How many more may wait. Default 64. Higher: a storm's last one waits longer. Lower: `unavailable` sooner.
    @WithDefault("64")
    int waitingHashes();

    /// How long one may wait and be computed. Default 10 s, then `unavailable`.
    @WithDefault("10S")
    Duration patience();
}
