package dev.parley.gateway.admission;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;

/// Passes the admission of [AdmissionRoute] on to the socket. Without one there is no upgrade.
@ApplicationScoped
class Handover implements HttpUpgradeCheck {

    private static final int UNAUTHORIZED = 401;

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        var channel = ((ConnectionBase) context.httpRequest().connection()).channel();
        var admission = channel.attr(Admission.CHANNEL_KEY).getAndSet(null);
        if (admission == null) {
            return CheckResult.rejectUpgrade(UNAUTHORIZED);
        }
        context.userData().put(Admission.KEY, admission);
        return CheckResult.permitUpgrade();
    }
}
