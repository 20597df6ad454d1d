package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.system.ExternalServers;
import dev.parley.local.system.LocalSystem;
import dev.parley.local.system.Part;
import dev.parley.local.system.Ports;
import dev.parley.local.system.SystemOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Two gateways are restarted one after the other, as in a roll-out, while eight people talk, over two room services.
/// The system is one of its own: the others have one of each.
class RollingRestartIT {

    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(500);

    @Test
    void losesNothingAndTellsEverybodyToComeBack() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        try (PrintStream log = new PrintStream(
                        Files.newOutputStream(module.resolve("target/rolling-restart.log")),
                        true,
                        StandardCharsets.UTF_8);
                LocalSystem system = LocalSystem.start(new SystemOptions(
                        module.getParent(),
                        module.resolve("target/parley-rolling"),
                        true,
                        Ports.free(2, 2),
                        ExternalServers.none(),
                        log::println));
                Crowd crowd = Crowd.gather(system)) {

            var restarts = CompletableFuture.runAsync(
                    () -> system.gateways().forEach(RollingRestartIT::restart),
                    task -> Thread.ofPlatform().daemon().start(task));
            for (int number = 0; number < Crowd.MESSAGES_EACH; number++) {
                crowd.speak(number, number + 1);
                LockSupport.parkNanos(BETWEEN_MESSAGES.toNanos());
            }
            restarts.join();

            crowd.assertOneOrder();
            assertThat(crowd.reconnections()).isGreaterThanOrEqualTo(Crowd.SENDERS + Crowd.LISTENERS);
            assertThat(crowd.ends()).allSatisfy(end -> assertThat(end).contains("closed with 1012"));
        }
    }

    private static void restart(Part gateway) {
        gateway.stop();
        gateway.start();
    }
}
