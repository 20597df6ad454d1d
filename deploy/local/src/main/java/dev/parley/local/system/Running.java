package dev.parley.local.system;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One life of a part, from its start to its end.
interface Running {

    long pid();

    boolean isAlive();

    /// Completes when it has ended, for whatever reason.
    CompletableFuture<Process> onExit();

    /// Ends it in good order; kills it when that takes too long.
    void stop();

    /// SIGKILL.
    void kill();

    /// The end of its output, the oldest line first; empty when it writes elsewhere.
    List<String> lastLines();
}
