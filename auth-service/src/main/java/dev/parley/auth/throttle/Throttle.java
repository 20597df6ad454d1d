package dev.parley.auth.throttle;

import dev.parley.kit.limit.ClientAddress;
import dev.parley.kit.limit.Rate;
import dev.parley.kit.limit.SharedRateLimiter;
import dev.parley.kit.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/// Refuses attempts above a rate. A limit fills up again evenly, so nobody is locked out for longer than one attempt
/// takes to come back, however long somebody else has been trying their name.
/// Without Redis all attempts pass: the cost of a password hash still bounds guessing.
@ApplicationScoped
public class Throttle {

    private final SharedRateLimiter limiter;
    private final ClientAddress addresses;
    private final ThrottleConfig config;

    Throttle(SharedRateLimiter limiter, ClientAddress addresses, ThrottleConfig config) {
        this.limiter = limiter;
        this.addresses = addresses;
        this.config = config;
    }

    /// @throws ProblemException `rate_limited`
    public void login(HttpServerRequest request, String name) {
        require("login-address", addresses.of(request), config.loginPerAddress());
        password(name);
    }

    /// An attempt at a password.
    /// @param name as it was given: an unknown one counts as a known one does
    /// @throws ProblemException `rate_limited`
    public void password(String name) {
        require("password", name.toLowerCase(Locale.ROOT), config.passwordPerAccount());
    }

    /// @throws ProblemException `rate_limited`
    public void register(HttpServerRequest request) {
        require("register-address", addresses.of(request), config.registerPerAddress());
    }

    /// A mail that somebody asks to be sent.
    /// @throws ProblemException `rate_limited`
    public void mail(HttpServerRequest request, String recipient) {
        require("mail-address", addresses.of(request), config.mailPerAddress());
        require("mail", recipient.toLowerCase(Locale.ROOT), config.mailPerAccount());
    }

    /// @throws ProblemException `rate_limited`
    public void refreshFrom(HttpServerRequest request) {
        require("refresh-address", addresses.of(request), config.refreshPerAddress());
    }

    /// @throws ProblemException `rate_limited`
    public void refresh(String session) {
        require("refresh", session, config.refreshPerSession());
    }

    /// @throws ProblemException `rate_limited`
    public void ticket(HttpServerRequest request, String user) {
        require("ticket-address", addresses.of(request), config.ticketPerAddress());
        require("ticket", user, config.ticketPerAccount());
    }

    /// @throws ProblemException `rate_limited`
    public void profile(String user) {
        require("profile", user, config.profilePerAccount());
    }

    /// @throws ProblemException `rate_limited`
    public void search(HttpServerRequest request, String user) {
        require("search-address", addresses.of(request), config.searchPerAddress());
        require("search", user, config.searchPerAccount());
    }

    private void require(String rule, String subject, Rate rate) {
        limiter.require(rule, subject, rate);
    }
}
