package dev.parley.e2e;

import dev.parley.local.system.ExternalServers;
import dev.parley.local.system.LocalSystem;
import dev.parley.local.system.Part;
import dev.parley.local.system.Ports;
import dev.parley.local.system.SystemOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives scenarios the one [LocalSystem] of the run, and shows the services' last lines when one fails.
///
/// The system is started for the first scenario, on free ports and an empty `target/parley`, and ended with the run.
/// What it says goes to `target/system.log`. A service that is not packaged fails the scenario.
final class RunningSystem implements ParameterResolver, AfterTestExecutionCallback {

    private static final int SHOWN_LINES = 40;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalSystem.class;
    }

    @Override
    public LocalSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Started.class, key -> Started.start(), Started.class)
                .system;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Started started =
                context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).get(Started.class, Started.class);
        if (started != null && context.getExecutionException().isPresent()) {
            started.showLastLines(context.getDisplayName());
        }
    }

    private static final class Started implements AutoCloseable {

        private final LocalSystem system;
        private final PrintStream log;

        private Started(LocalSystem system, PrintStream log) {
            this.system = system;
            this.log = log;
        }

        static Started start() {
            Path module = Path.of("").toAbsolutePath();
            try {
                PrintStream log = new PrintStream(
                        Files.newOutputStream(module.resolve("target/system.log")), true, StandardCharsets.UTF_8);
                LocalSystem system = LocalSystem.start(new SystemOptions(
                        module.getParent(),
                        module.resolve("target/parley"),
                        true,
                        Ports.free(),
                        ExternalServers.none(),
                        log::println));
                return new Started(system, log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void showLastLines(String scenario) {
            for (Part part :
                    List.of(system.auth(), system.room(), system.gateway(), system.redis(), system.postgres())) {
                List<String> lines = part.lastLines();
                System.err.println("--- after " + scenario + ": " + part + (part.isAlive() ? "" : " (not running)")
                        + ", last lines");
                lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())
                        .forEach(System.err::println);
            }
        }

        @Override
        public void close() {
            system.close();
            log.close();
        }
    }
}
