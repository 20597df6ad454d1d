package dev.parley.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The committed documents are those of the code: this is the test that fails when the contract changes unnoticed.
class SnapshotTest {

    private static final Path HOME = Path.of("../..");

    @TempDir
    Path elsewhere;

    @Test
    void committedDocumentsAreTheBuiltOnes() {
        assertThat(Snapshot.all(HOME))
                .allSatisfy(snapshot -> assertThat(snapshot.drift())
                        .as(() -> snapshot.drift().orElse(""))
                        .isEmpty());
    }

    @Test
    void tellsWhichLineDiffersAndWhatToDo() throws IOException {
        var snapshot = Snapshot.all(HOME).getFirst();
        var lines = snapshot.wanted().lines().toList();
        var place = lines.indexOf("  title: Parley auth service");
        var changed = String.join("\n", lines).replace("Parley auth service", "Something else") + "\n";
        Files.writeString(elsewhere.resolve("auth-service.yaml"), changed);

        var drift = new Snapshot(
                        Snapshot.Kind.REST, "auth-service", snapshot.built(), elsewhere.resolve("auth-service.yaml"))
                .drift();

        assertThat(drift)
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("line " + (place + 1) + ",")
                        .contains("committed:   title: Something else")
                        .contains("built:       title: Parley auth service")
                        .contains("./parley contract"));
    }

    @Test
    void aMissingLineAtTheEndIsDrift() throws IOException {
        var snapshot = Snapshot.all(HOME).getFirst();
        var lines = snapshot.wanted().lines().toList();
        Files.write(elsewhere.resolve("auth-service.yaml"), lines.subList(0, lines.size() - 1));

        var drift = new Snapshot(
                        Snapshot.Kind.REST, "auth-service", snapshot.built(), elsewhere.resolve("auth-service.yaml"))
                .drift();

        assertThat(drift)
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("line " + lines.size() + ",")
                        .contains("committed: (end of the file)"));
    }

    @Test
    void aNewPromiseOfTheSocketIsDrift() throws IOException {
        var snapshot = Snapshot.all(HOME).getLast();
        var changed = Files.readString(snapshot.built()).replace("  - code: 4529", "  - code: 4530");
        Files.writeString(elsewhere.resolve("gateway.yaml"), changed);

        var drift = new Snapshot(
                        Snapshot.Kind.SOCKET, "gateway", elsewhere.resolve("gateway.yaml"), snapshot.committed())
                .drift();

        assertThat(drift)
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("clients/asyncapi/gateway-promises.yaml, line ")
                        .contains("is not what gateway.yaml says")
                        .contains("committed: - 4529")
                        .contains("built:     - 4530"));
    }

    @Test
    void saysWhatIsMissingWhenNothingWasBuilt() {
        var snapshot = new Snapshot(
                Snapshot.Kind.REST, "auth-service", elsewhere.resolve("openapi.json"), elsewhere.resolve("a.yaml"));

        assertThatThrownBy(snapshot::drift)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("build the service first");
    }

    @Test
    void theOrderOfTheBuildersMapsDoesNotMatter() {
        var one = CanonicalYaml.read("""
                {"paths": {"/b/": {"post": {"responses": {"400": {}, "200": {}}}}, "/a/": {}}, "openapi": "3.1.0",
                 "components": {"schemas": {"B": {"type": "object"}, "A": {"properties": {"z": {}, "type": {}}}}}}
                """);
        var other = CanonicalYaml.read("""
                {"components": {"schemas": {"A": {"properties": {"z": {}, "type": {}}}, "B": {"type": "object"}}},
                 "openapi": "3.1.0", "paths": {"/a/": {}, "/b/": {"post": {"responses": {"200": {}, "400": {}}}}}}
                """);

        var text = CanonicalYaml.write(one);

        assertThat(text).isEqualTo(CanonicalYaml.write(other)).startsWith("openapi: \"3.1.0\"\npaths:\n  /a/: {}\n");
        assertThat(text.indexOf("z:")).isLessThan(text.indexOf("type: {}"));
    }

    @Test
    void quotesWhatOldYamlReadersTakeForDatesAndNumbers() {
        var text = CanonicalYaml.write(CanonicalYaml.read("""
                {"responses": {"200": {"description": "a: b"}},
                 "example": {"value": {"at": "2026-11-22T14:23:05.120Z", "kid": "1", "yes": "no", "n": 1}}}
                """));

        assertThat(text.lines().toList())
                .contains(
                        "  \"200\":",
                        "    at: \"2026-11-22T14:23:05.120Z\"",
                        "    kid: \"1\"",
                        "    \"yes\": \"no\"",
                        "    \"n\": 1");
    }
}
