package dev.parley.gateway.framing;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts a [FrameGuard] before every WebSocket endpoint, before the first frame can come, and takes no extensions:
/// reserved bits mean something only with one.
@ApplicationScoped
class GuardedUpgrades implements HttpUpgradeCheck, HttpServerOptionsCustomizer {

    private static final String VERTX_HANDLER = "handler";

    private final int maxMessageBytes;
    private final MeterRegistry registry;

    /// @param maxMessageBytes the bound of one frame is the bound of all fragments of a message
    GuardedUpgrades(
            @ConfigProperty(name = "quarkus.websockets-next.server.max-frame-size") int maxMessageBytes,
            MeterRegistry registry) {
        this.maxMessageBytes = maxMessageBytes;
        this.registry = registry;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        var pipeline =
                ((ConnectionBase) context.httpRequest().connection()).channel().pipeline();
        if (pipeline.get(FrameGuard.NAME) == null) {
            pipeline.addBefore(VERTX_HANDLER, FrameGuard.NAME, new FrameGuard(maxMessageBytes, this::count));
        }
        return CheckResult.permitUpgrade();
    }

    private void count(WebSocketCloseStatus status) {
        registry.counter("parley.framing.violations", "code", Integer.toString(status.code()))
                .increment();
    }
}
