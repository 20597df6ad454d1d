package dev.parley.gateway.presence;

import io.quarkus.runtime.configuration.ConfigurationException;

/// What the settings of presence may be: a gateway with others does not start.
final class PresenceLimits {

    private static final int ROOM_SERVICE_LISTS = 1_000;

    /// Reading more of them at a time would reach the bound of commands under way.
    private static final int WATCHED_USERS = 200_000;

    private PresenceLimits() {}

    /// @throws ConfigurationException naming the first setting that cannot be used
    static void check(PresenceConfig config) {
        between("listed-participants", config.listedParticipants(), ROOM_SERVICE_LISTS);
        between("watched-users", config.watchedUsers(), WATCHED_USERS);
        between("participants-at-once", config.participantsAtOnce(), ROOM_SERVICE_LISTS);
        if (config.refreshInterval().multipliedBy(2).compareTo(config.grace()) > 0) {
            throw new ConfigurationException("parley.gateway.presence.refresh-interval has to be at most half of"
                    + " parley.gateway.presence.grace, or users flap who have a socket elsewhere");
        }
    }

    private static void between(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new ConfigurationException(
                    "parley.gateway.presence." + key + " has to be from 1 to " + most + ", and is " + value);
        }
    }
}
