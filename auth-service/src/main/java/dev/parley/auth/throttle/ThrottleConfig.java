package dev.parley.auth.throttle;

import dev.parley.kit.limit.Rate;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The limits, each as `10/5m` (ten in five minutes). Higher: guessing and flooding go faster. Lower: people who
/// mistype, and offices behind one address, have to wait.
@ConfigMapping(prefix = "parley.throttle")
public interface ThrottleConfig {

    /// Attempts at one account's password, by login or wherever it is asked for again. Default 10 in 5 minutes.
    @WithDefault("10/5m")
    Rate passwordPerAccount();

    /// Logins from one address. Default 60 a minute.
    @WithDefault("60/1m")
    Rate loginPerAddress();

    /// Registrations from one address. Default 20 an hour.
    @WithDefault("20/1h")
    Rate registerPerAddress();

    /// Mails to one address that was forgotten or is to be verified. Default 3 in 15 minutes.
    @WithDefault("3/15m")
    Rate mailPerAccount();

    /// Requests for such mails from one address. Default 20 in 15 minutes.
    @WithDefault("20/15m")
    Rate mailPerAddress();

    /// Refreshes of one session. Default 120 a minute: fifty parallel ones are no attack.
    @WithDefault("120/1m")
    Rate refreshPerSession();

    /// Refreshes from one address. Default 1,200 a minute.
    @WithDefault("1200/1m")
    Rate refreshPerAddress();

    /// Socket tickets of one user. Default 120 a minute.
    @WithDefault("120/1m")
    Rate ticketPerAccount();

    /// Socket tickets from one address. Default 1,200 a minute.
    @WithDefault("1200/1m")
    Rate ticketPerAddress();

    /// Changes of one user's profile, each of which all his rooms are told of. Default 10 a minute.
    @WithDefault("10/1m")
    Rate profilePerAccount();

    /// Searches for users by one user. Default 60 a minute.
    @WithDefault("60/1m")
    Rate searchPerAccount();

    /// Searches for users from one address. Default 600 a minute.
    @WithDefault("600/1m")
    Rate searchPerAddress();
}
