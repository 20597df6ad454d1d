package dev.parley.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// An operating-system process that ends with this JVM, at the latest.
///
/// *Thread*: safe for any; [#stop] waits for the end of the process.
public final class ChildProcess implements AutoCloseable {

    /// The signal that asks the process to end in its own good order.
    public enum StopSignal {
        /// What nearly everything takes as "finish and go".
        TERM,
        /// PostgreSQL's fast shutdown; its TERM waits for every client to leave first.
        INT
    }

    /// What the JDK says of errno 26.
    private static final String TEXT_FILE_BUSY = "error: 26 ";

    private static final int BUSY_ATTEMPTS = 50;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(20);

    private final String name;
    private final Process process;
    private final StopSignal signal;
    private final Duration grace;

    private ChildProcess(String name, Process process, StopSignal signal, Duration grace) {
        this.name = name;
        this.process = process;
        this.signal = signal;
        this.grace = grace;
    }

    /// Starts a process.
    ///
    /// @param grace how long [#stop] waits after the signal before it kills
    /// @throws UncheckedIOException if the program cannot be run
    /// @throws IllegalStateException if this JVM is ending
    public static ChildProcess start(String name, ProcessBuilder command, StopSignal signal, Duration grace) {
        return ExitHook.open(() -> {
            try {
                return new ChildProcess(name, run(command), signal, grace);
            } catch (IOException e) {
                throw new UncheckedIOException("Could not run " + name, e);
            }
        });
    }

    /// A program that was written a moment ago is busy (ETXTBSY) for as long as another process that is just being made
    /// still has the writer's file open.
    private static Process run(ProcessBuilder command) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return command.start();
            } catch (IOException e) {
                if (attempt == BUSY_ATTEMPTS || !String.valueOf(e.getMessage()).contains(TEXT_FILE_BUSY)) {
                    throw e;
                }
                LockSupport.parkNanos(BUSY_PAUSE.toNanos());
            }
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// The exit code.
    ///
    /// @throws IllegalThreadStateException if the process is alive
    public int exitCode() {
        return process.exitValue();
    }

    /// Completes when the process has ended, for whatever reason.
    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /// The JDK's view, for reading the output of a process that was started with pipes.
    public Process process() {
        return process;
    }

    /// Waits for the process to end by itself; answers whether it did.
    public boolean await(Duration deadline) {
        return waitFor(deadline);
    }

    /// Asks the process to end, waits for its grace, then kills it. Returns when it is gone.
    public void stop() {
        if (process.isAlive()) {
            Signals.send(process.toHandle(), signal);
            if (!waitFor(grace)) {
                kill();
            }
        }
        ExitHook.forget(this);
    }

    /// Kills the process (SIGKILL) and waits until it is gone.
    public void kill() {
        process.destroyForcibly();
        waitFor(Duration.ofSeconds(10));
        ExitHook.forget(this);
    }

    /// The same as [#stop].
    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return name + " (pid " + process.pid() + ")";
    }

    private boolean waitFor(Duration deadline) {
        boolean interrupted = false;
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
