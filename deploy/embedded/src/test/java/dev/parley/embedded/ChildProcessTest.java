package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir
    Path directory;

    /// As when the program was just unpacked and another process, that is being made, has the open file of the writer.
    @Test
    void waitsForAProgramThatIsStillOpenForWriting() throws IOException {
        var program = Files.copy(Path.of("/bin/true"), directory.resolve("program"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        var writer = Files.newByteChannel(program, StandardOpenOption.WRITE);
        CompletableFuture.runAsync(
                () -> {
                    try {
                        writer.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));

        var process = start(program);

        assertThat(process.await(Duration.ofSeconds(5))).isTrue();
        assertThat(process.exitCode()).isZero();
    }

    @Test
    void saysThatAProgramCannotBeRun() throws IOException {
        var program = Files.writeString(directory.resolve("program"), "not executable", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> start(program))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Could not run it");
    }

    private static ChildProcess start(Path program) {
        return ChildProcess.start(
                "it", new ProcessBuilder(program.toString()), ChildProcess.StopSignal.TERM, Duration.ofSeconds(1));
    }
}
