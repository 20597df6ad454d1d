package dev.parley.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.kotlin.KotlinModule;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The generated Kotlin clients, compiled and type-checked by Kotlin's own compiler; and what they make of answers in
/// which objects are null or left out.
class KotlinClientTest {

    @TempDir
    static Path classes;

    /// Both in one go: most of the time is the compiler's start.
    @BeforeAll
    static void compile() {
        var arguments = new ArrayList<String>();
        Generated.SERVICES.stream()
                .flatMap(service -> Generated.sources("kotlin", service, ".kt").stream())
                .forEach(file -> arguments.add(file.toString()));
        arguments.addAll(List.of(
                "-d",
                classes.toString(),
                "-no-stdlib",
                "-no-reflect",
                "-jvm-target",
                "21",
                "-classpath",
                System.getProperty("java.class.path")));
        var told = new ByteArrayOutputStream();

        var code = new K2JVMCompiler()
                .exec(new PrintStream(told, true, StandardCharsets.UTF_8), arguments.toArray(String[]::new));

        assertThat(code).as(() -> told.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "room-service"})
    void hasAMethodForEveryOperation(String service) {
        var text = Generated.text(Generated.sources("kotlin", service, "Api.kt"));
        assertThat(Generated.operations(service))
                .allSatisfy(operation -> assertThat(text).contains("fun " + operation + "("));
    }

    @Test
    void readsTheExamplesOfTheDocument() throws Exception {
        var json = new ObjectMapper()
                .registerModule(new KotlinModule.Builder().build())
                .registerModule(new JavaTimeModule());

        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            var room = loader.loadClass("parley.room.models.Room");
            var empty = json.treeToValue(example("/get/responses/200/content/application~1json/examples/group"), room);
            var used = json.treeToValue(example("/get/responses/200/content/application~1json/examples/private"), room);

            assertThat(room.getMethod("getLastMessage").invoke(empty)).isNull();
            assertThat(room.getMethod("getName").invoke(used)).isNull();
            assertThat(String.valueOf(room.getMethod("getLastMessage").invoke(used)))
                    .contains("Good morning, Ada");
        }
    }

    private static JsonNode example(String pointer) {
        return Generated.document("room-service")
                .path("paths")
                .path("/chat/rooms/{room_id}/")
                .at(pointer + "/value");
    }
}
