package dev.parley.gateway.limit;

import dev.parley.kit.limit.Rate;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The limits of one gateway; a rate is written as `10/5m`, ten in five minutes. Higher: one user or address takes more
/// from the others. Lower: the busy ones, and offices behind one address, are refused.
@ConfigMapping(prefix = "parley.gateway.limit")
public interface LimitConfig {

    /// Open sockets of all users; above, upgrades are 503. More: more memory (about 16 KiB each, idle).
    @WithDefault("100000")
    int sockets();

    /// Open sockets of one user; above, upgrades are 429.
    @WithDefault("50")
    int socketsPerUser();

    /// Upgrades from one address (IPv6: one /64), refused ones too; above, they are 429.
    @WithDefault("600/1m")
    Rate upgradesPerAddress();

    /// Messages of one user over all of the user's sockets; above, `rate_limited`.
    @WithDefault("100/10s")
    Rate messagesPerUser();

    /// Messages from one address; above, `rate_limited`.
    @WithDefault("2000/10s")
    Rate messagesPerAddress();

    /// Frames of any type on one socket; above, `rate_limited`.
    @WithDefault("600/10s")
    Rate framesPerSocket();

    /// How often a socket may hear `rate_limited` in a minute before it is closed with 4529.
    @WithDefault("100")
    int refusalsPerMinute();

    /// Users and addresses that are counted at the same time; who comes when there are more is not limited.
    @WithDefault("200000")
    int countedKeys();
}
