package dev.parley.gateway.admission;

import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Admits everybody to the echo endpoint of tests: an upgrade without admission is refused.
@ApplicationScoped
class EchoAdmission {

    void mount(@Observes Router router) {
        router.route("/echo").order(0).handler(context -> {
            var channel = ((ConnectionBase) context.request().connection()).channel();
            var anybody = new Admission(null, null, "7f000001", channel);
            channel.attr(Admission.CHANNEL_KEY).set(anybody);
            context.next();
        });
    }
}
