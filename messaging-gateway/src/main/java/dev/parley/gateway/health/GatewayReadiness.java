package dev.parley.gateway.health;

import dev.parley.gateway.admission.Draining;
import dev.parley.gateway.feed.HeadsPoller;
import dev.parley.gateway.relay.RelayReader;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when the streams can be read and the room service answers; never while stopping.
@Readiness
class GatewayReadiness implements HealthCheck {

    private final RelayReader relay;
    private final HeadsPoller heads;
    private final Draining draining;

    GatewayReadiness(RelayReader relay, HeadsPoller heads, Draining draining) {
        this.relay = relay;
        this.heads = heads;
        this.draining = draining;
    }

    @Override
    public HealthCheckResponse call() {
        var redis = relay.isConnected();
        var roomService = heads.roomServiceAnswers();
        var stopping = draining.isUnderWay();
        return HealthCheckResponse.named("gateway")
                .withData("redis", redis)
                .withData("room_service", roomService)
                .withData("stopping", stopping)
                .status(redis && roomService && !stopping)
                .build();
    }
}
