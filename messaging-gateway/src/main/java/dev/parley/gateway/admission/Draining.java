package dev.parley.gateway.admission;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whether this gateway has been told to stop: it takes no more sockets then. Thread-safe.
@ApplicationScoped
public class Draining {

    private final AtomicBoolean underWay = new AtomicBoolean();

    public boolean isUnderWay() {
        return underWay.get();
    }

    public void begin() {
        underWay.set(true);
    }
}
