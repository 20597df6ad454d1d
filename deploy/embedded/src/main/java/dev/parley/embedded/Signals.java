package dev.parley.embedded;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Sends POSIX signals; the JDK by itself knows TERM and KILL only.
final class Signals {

    private Signals() {}

    /// Sends the signal; one that cannot be sent becomes SIGTERM, and a process that has just gone is no error.
    static void send(ProcessHandle process, ChildProcess.StopSignal signal) {
        boolean sent = switch (signal) {
            case TERM -> process.destroy();
            case INT -> shellKill(process.pid(), "INT");
        };
        if (!sent && process.isAlive()) {
            process.destroy();
        }
    }

    /// `kill` of the shell: the program of that name is missing on some small systems.
    private static boolean shellKill(long pid, String signal) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kill.waitFor(5, TimeUnit.SECONDS) && kill.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
