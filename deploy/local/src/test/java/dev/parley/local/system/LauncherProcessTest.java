package dev.parley.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.embedded.FreePorts;
import dev.parley.local.Launcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher seen from outside, as a process that gets signals.
class LauncherProcessTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path installation;

    private final List<Process> launchers = new ArrayList<>();

    @BeforeEach
    void installStandIns() throws IOException {
        StandInService.installAll(installation);
    }

    @AfterEach
    void leavesNoProcess() {
        // A test that failed may have left them: a launcher that is told to end takes its children along.
        launchers.forEach(Process::destroy);
        launchers.forEach(launcher -> launcher.onExit().join());
        assertThat(Processes.of(installation)).isEmpty();
    }

    /// Progress lines as moments: PostgreSQL being initialised, the servers up, the services starting, all up.
    @ParameterizedTest
    @ValueSource(strings = {"lock", "Redis is ready", "PostgreSQL is ready", "starting auth-service", "is ready on"})
    void sigtermAtAnyMomentLeavesNoChild(String moment) throws Exception {
        Process launcher = launch();
        if (moment.equals("lock")) {
            await("initdb")
                    .atMost(DEADLINE)
                    .until(() -> Processes.of(installation).stream().anyMatch(line -> line.contains("initdb")));
        } else {
            readUntil(launcher, moment.equals("is ready on") ? "Parley is up" : moment);
        }

        launcher.destroy();

        assertThat(launcher.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(143);
        assertThat(Processes.of(installation)).isEmpty();
    }

    @Test
    void startsAfterSigtermDuringInitialisation() throws Exception {
        Process first = launch();
        await("initdb")
                .atMost(DEADLINE)
                .until(() -> Processes.of(installation).stream().anyMatch(line -> line.contains("initdb")));
        first.destroyForcibly().waitFor();

        Process second = launch();

        readUntil(second, "Parley is up");
        second.destroy();
        second.waitFor();
    }

    @Test
    void nextStartEndsChildrenOfKilledLauncher() throws Exception {
        Process killed = launch();
        readUntil(killed, "Parley is up");
        killed.destroyForcibly().waitFor();
        assertThat(Processes.of(installation)).hasSize(5);

        Process next = launch("--fresh");

        assertThat(readUntil(next, "Parley is up"))
                .filteredOn(line -> line.contains("which a killed launcher had left running"))
                .hasSize(5);
        next.destroy();
        next.waitFor();
    }

    @Test
    void endsWithTwoOnWrongCommandLine() throws Exception {
        Process launcher = launch("--bogus");

        assertThat(readUntil(launcher, "'--bogus'")).isNotEmpty();
        assertThat(launcher.waitFor()).isEqualTo(2);
    }

    @Test
    void endsWithOneWhenServiceDoesNotStart() throws Exception {
        StandInService.installBroken(installation, "messaging-gateway");
        Process launcher = launch();

        readUntil(launcher, "could not start: messaging-gateway ended with exit code 3");
        assertThat(launcher.waitFor()).isEqualTo(1);
    }

    private Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dparley.home=" + installation,
                Launcher.class.getName(),
                "--port",
                Integer.toString(base())));
        command.addAll(List.of(arguments));
        Process launcher = new ProcessBuilder(command).redirectErrorStream(true).start();
        launchers.add(launcher);
        return launcher;
    }

    /// A base below the ephemeral ports, so that the ports counted from it are not taken by chance.
    private static int base() {
        return 10_000 + FreePorts.next() % 20_000;
    }

    private static List<String> readUntil(Process launcher, String awaited) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader output = launcher.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains(awaited)) {
                return lines;
            }
        }
        throw new AssertionError("The launcher ended without saying '" + awaited + "':\n" + String.join("\n", lines));
    }
}
