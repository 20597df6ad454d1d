package dev.parley.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process whose JVM was killed before it could end its children, known again by pid and start time.
///
/// The file holds `pid epochMillis`. Pids are given again by the system, so the start time has to agree too;
/// five seconds of difference are allowed, as a system derives start times from a clock that is set now and then.
public final class LeftoverProcess {

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private LeftoverProcess() {}

    /// Notes a running process in a file, for the next start to find should this JVM be killed.
    public static void note(Path file, ProcessHandle process) {
        Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
        try {
            Files.writeString(file, process.pid() + " " + startedAt.toEpochMilli() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The process noted in a file, when it still lives.
    public static Optional<ProcessHandle> find(Path file) {
        try {
            String[] noted = Files.readString(file).strip().split(" ", -1);
            if (noted.length != 2) {
                return Optional.empty();
            }
            return find(Long.parseLong(noted[0]), Instant.ofEpochMilli(Long.parseLong(noted[1])));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<ProcessHandle> find(long pid, Instant startedAt) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(actual -> Duration.between(actual, startedAt).abs().compareTo(CLOCK_TOLERANCE) < 0)
                        .orElse(false));
    }

    /// Ends a leftover: the signal, then SIGKILL after the grace. Answers whether it is gone.
    public static boolean end(ProcessHandle process, ChildProcess.StopSignal signal, Duration grace) {
        Signals.send(process, signal);
        if (gone(process, grace)) {
            return true;
        }
        process.destroyForcibly();
        return gone(process, Duration.ofSeconds(10));
    }

    private static boolean gone(ProcessHandle process, Duration deadline) {
        try {
            process.onExit().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
