package dev.parley.room.bench;

import dev.parley.embedded.PostgresServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Processor time until now, which a busy machine changes much less than the clock's.
/// @param server of PostgreSQL's processes that are alive
/// @param thread of the calling thread
record Spent(Duration server, Duration thread) {

    static Spent by(PostgresServer postgres) {
        var server = ProcessHandle.of(postgres.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
        var thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return new Spent(server, Duration.ofNanos(thread));
    }

    Spent since(Spent earlier) {
        return new Spent(server.minus(earlier.server), thread.minus(earlier.thread));
    }

    Spent plus(Spent other) {
        return new Spent(server.plus(other.server), thread.plus(other.thread));
    }
}
