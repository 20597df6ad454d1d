package dev.parley.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The generated Go clients. There is no Go compiler to be had from Maven: where `gofmt` is on the PATH it parses every
/// file, and everywhere it is looked whether each operation and schema is there.
class GoClientTest {

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "room-service"})
    void hasAMethodForEveryOperationAndATypeForEverySchema(String service) throws IOException, InterruptedException {
        var files = Generated.sources("go", service, ".go");
        var text = Generated.text(files);

        assertThat(Generated.operations(service))
                .allSatisfy(operation -> assertThat(text)
                        .contains(") " + operation.substring(0, 1).toUpperCase(Locale.ROOT) + operation.substring(1)
                                + "("));
        Generated.document(service)
                .at("/components/schemas")
                .fieldNames()
                .forEachRemaining(schema -> assertThat(text).containsPattern("type " + schema + " struct \\{"));
        var gofmt = program("gofmt");
        if (gofmt.isPresent()) {
            assertThat(complaints(gofmt.get(), files)).isEmpty();
        }
    }

    private static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String complaints(Path gofmt, List<Path> files) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(gofmt.toString(), "-e"));
        files.forEach(file -> command.add(file.toString()));
        var process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var complaints = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return complaints;
    }
}
