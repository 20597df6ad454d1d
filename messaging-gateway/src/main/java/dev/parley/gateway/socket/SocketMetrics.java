package dev.parley.gateway.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What sockets count. Thread-safe.
/// @param framesIn JSON objects from clients, whatever became of them
/// @param framesOut JSON objects written for clients
/// @param shed ephemeral ones that a slow client did not get
record SocketMetrics(Counter framesIn, Counter framesOut, Counter shed) {

    static SocketMetrics of(MeterRegistry registry) {
        return new SocketMetrics(
                Counter.builder("parley.socket.frames")
                        .tag("direction", "in")
                        .description("JSON objects from and for clients")
                        .register(registry),
                Counter.builder("parley.socket.frames")
                        .tag("direction", "out")
                        .description("JSON objects from and for clients")
                        .register(registry),
                Counter.builder("parley.socket.shed")
                        .description("Ephemeral frames dropped because a socket's queue was above half")
                        .register(registry));
    }
}
