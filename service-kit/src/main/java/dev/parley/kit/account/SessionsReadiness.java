package dev.parley.kit.account;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Not ready until the auth service has told which sessions have ended: a token cannot be judged before. Once it has,
/// an auth service that is away takes nobody's readiness.
@Readiness
final class SessionsReadiness implements HealthCheck {

    private final EndedSessions sessions;

    SessionsReadiness(EndedSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("ended-sessions")
                .status(sessions.isKnown())
                .build();
    }
}
