package dev.parley.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The generated Python clients, through a byte-compiler: GraalPy's, which comes from Maven, so that none has to be
/// installed.
class PythonClientTest {

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "room-service"})
    void isByteCompiled(String service) throws IOException {
        var files = Generated.sources("python", service, ".py");
        var errors = new ArrayList<String>();

        try (var python = Context.newBuilder("python")
                .option("engine.WarnInterpreterOnly", "false")
                .build()) {
            var compile = python.eval("python", "lambda source, name: compile(source, name, 'exec')");
            for (Path file : files) {
                try {
                    compile.execute(Files.readString(file), file.toString());
                } catch (PolyglotException e) {
                    errors.add(file + ": " + e.getMessage());
                }
            }
        }

        assertThat(errors).isEmpty();
        assertThat(files).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "room-service"})
    void hasAMethodForEveryOperation(String service) {
        var text = Generated.text(Generated.sources("python", service, "_api.py"));

        assertThat(Generated.operations(service))
                .allSatisfy(operation -> assertThat(text).contains("def " + Generated.snake(operation) + "("));
    }
}
