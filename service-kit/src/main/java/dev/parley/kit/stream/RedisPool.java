package dev.parley.kit.stream;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The pool of Redis connections, from which stream reads take theirs for good: what they leave is for everything else.
@ApplicationScoped
public class RedisPool {

    /// Connections that have to be left: below, commands would wait for each other, or for ever.
    private static final int LEFT = 24;

    private final int size;

    RedisPool(@ConfigProperty(name = "quarkus.redis.max-pool-size") int size) {
        this.size = size;
    }

    /// Makes sure that connections can be held.
    /// @throws IllegalStateException if too few would be left
    public void hold(int connections) {
        if (connections + LEFT > size) {
            throw new IllegalStateException("quarkus.redis.max-pool-size is " + size + "; the partitions that are read"
                    + " hold " + connections + " connections, so it has to be " + (connections + LEFT) + " at least");
        }
    }
}
