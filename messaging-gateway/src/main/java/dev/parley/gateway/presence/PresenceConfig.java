package dev.parley.gateway.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How presence is kept. The same on all gateways.
@ConfigMapping(prefix = "parley.gateway.presence")
interface PresenceConfig {

    /// Whether there is presence at all; off, no frame of it is sent and Redis holds nothing.
    @WithDefault("true")
    boolean enabled();

    /// Over how many keys users are spread. Not the streams' partitions, which may grow while gateways work: a gateway
    /// with another number sees nobody of the others. More: more, smaller commands.
    @WithDefault("16")
    int partitions();

    /// How long a user stays online whose gateway was killed: three heartbeats. Longer: later notice.
    @WithDefault("75s")
    Duration timeToLive();

    /// How long a user stays online whose last socket has closed. Shorter: a resume on a bad network flaps.
    @WithDefault("20s")
    Duration grace();

    /// How often a gateway writes its users again. Below half the grace period: another gateway, whose socket of the
    /// same user closed, has shortened the user's time to that. Shorter: more writes.
    @WithDefault("8s")
    Duration refreshInterval();

    /// How often watched users are read. Longer: later news, fewer reads.
    @WithDefault("1s")
    Duration readInterval();

    /// How often large rooms are counted.
    @WithDefault("5s")
    Duration countInterval();

    /// Rooms of more participants only have a number. 1 to 1,000, which is all that the room service lists.
    @WithDefault("100")
    int listedParticipants();

    /// Questions for a room's participants that are under way at a time. More: a socket of many rooms has its snapshots
    /// sooner, and the room service less time for messages.
    @WithDefault("4")
    int participantsAtOnce();

    /// Users watched by a gateway at a time, 1 to 200,000; sockets of rooms beyond it hear nothing of presence.
    @WithDefault("50000")
    int watchedUsers();
}
