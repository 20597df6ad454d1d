package dev.parley.local;

import dev.parley.embedded.ExitHook;
import dev.parley.embedded.ServerStartException;
import dev.parley.local.system.ExternalServers;
import dev.parley.local.system.LocalSystem;
import dev.parley.local.system.Ports;
import dev.parley.local.system.StartException;
import dev.parley.local.system.SystemOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Brings everything up, says what to try next, and runs until Ctrl-C or SIGTERM.
///
/// Ends with 1 when the system cannot start and with 2 when the command line is wrong. A service that dies later is
/// reported and not restarted, and the launcher goes on: what is left can be looked at, and the ingress answers 503.
public final class Launcher {

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Launcher() {}

    public static void main(String[] arguments) throws InterruptedException {
        int exitCode = new Launcher().run(List.of(arguments));
        // While the JVM is ending already, its shutdown hook has the word.
        if (!ExitHook.exiting()) {
            System.exit(exitCode);
        }
    }

    /// Returns only when the start failed, or when the JVM is ending.
    private int run(List<String> arguments) throws InterruptedException {
        UpArguments up;
        Ports ports;
        try {
            up = UpArguments.parse(arguments);
            ports = Ports.from(up.port(), up.rooms(), up.gateways());
        } catch (StartException e) {
            say(e.getMessage());
            return 2;
        }
        try {
            start(up, ports);
        } catch (StartException | ServerStartException | IllegalStateException e) {
            if (!ExitHook.exiting()) {
                say("could not start: " + e.getMessage());
            }
            return 1;
        }
        Thread.currentThread().join();
        return 0;
    }

    private void start(UpArguments up, Ports ports) {
        long begun = System.nanoTime();
        Path installation =
                Path.of(System.getProperty("parley.home", ".")).toAbsolutePath().normalize();
        SystemOptions options = new SystemOptions(
                installation,
                installation.resolve(".parley"),
                up.fresh(),
                ports,
                ExternalServers.from(System.getenv()),
                this::say);
        LocalSystem system = LocalSystem.start(options);
        double seconds = (System.nanoTime() - begun) / 1e9;
        say("Parley is up on " + system.publicUrl() + String.format(" (after %.1f s)", seconds));
        Welcome.lines(system.publicUrl(), options.directory(), system.mailDirectory())
                .forEach(out::println);
    }

    /// Lines of services carry a prefix of their own.
    private void say(String line) {
        out.println(line.contains(" │ ") ? line : "parley  │ " + line);
    }
}
