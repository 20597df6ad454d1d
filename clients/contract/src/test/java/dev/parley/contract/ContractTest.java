package dev.parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command, in a repository of its own whose services were built with the real documents.
class ContractTest {

    private static final String AUTH = "clients/openapi/auth-service.yaml";
    private static final String ROOM = "clients/openapi/room-service.yaml";
    private static final String PROMISES = "clients/asyncapi/gateway-promises.yaml";
    private static final String BUILT_ROOM = "room-service/target/openapi/openapi.json";

    @TempDir
    Path home;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeEach
    void copyTheBuiltDocuments() throws IOException {
        var repository = Path.of("../..");
        for (var snapshot : Snapshot.all(repository)) {
            var copy = home.resolve(repository.relativize(snapshot.built()));
            Files.createDirectories(copy.getParent());
            Files.copy(snapshot.built(), copy);
        }
    }

    @Test
    void writesTheFirstDocuments() {
        assertThat(run()).isZero();

        assertThat(home.resolve(AUTH)).exists();
        assertThat(home.resolve(ROOM)).content().contains("operationId: createRoom");
        assertThat(told()).contains(AUTH + " written", ROOM + " written", PROMISES + " written");
    }

    @Test
    void writesAgainWhatIsTheSame() throws IOException {
        run();
        var before = Files.readString(home.resolve(ROOM));

        assertThat(run()).isZero();

        assertThat(home.resolve(ROOM)).hasContent(before);
        assertThat(told()).contains(ROOM + " unchanged");
    }

    @Test
    void refusesABreakingChangeAndWritesNothing() throws IOException {
        run();
        var before = Files.readString(home.resolve(ROOM));
        removeSearch();

        assertThat(run()).isEqualTo(1);

        assertThat(home.resolve(ROOM)).hasContent(before);
        assertThat(told()).contains("breaks clients: room-service: GET /chat/search/ is gone", "--breaking");
    }

    @Test
    void writesABreakingChangeWhenToldTo() throws IOException {
        run();
        removeSearch();

        assertThat(run("--breaking")).isZero();

        assertThat(home.resolve(ROOM)).content().doesNotContain("/chat/search/:");
        assertThat(told()).contains("breaks clients: room-service: GET /chat/search/ is gone");
    }

    @Test
    void saysHowItIsUsed() {
        assertThat(run("--force")).isEqualTo(2);

        assertThat(told()).contains("usage: ./parley contract [--breaking]");
        assertThat(home.resolve(ROOM)).doesNotExist();
    }

    @Test
    void refusesABreakingChangeOfTheSocket() throws IOException {
        run();
        var before = Files.readString(home.resolve(PROMISES));
        var document = home.resolve("clients/asyncapi/gateway.yaml");
        Files.writeString(document, Files.readString(document).replace("name: message.created", "name: message.new"));

        assertThat(run()).isEqualTo(1);

        assertThat(home.resolve(PROMISES)).hasContent(before);
        assertThat(told())
                .contains("breaks clients: gateway: MessageCreated: frame type message.created is message.new now");
        assertThat(run("--breaking")).isZero();
        assertThat(home.resolve(PROMISES)).content().contains("message.new");
    }

    private void removeSearch() throws IOException {
        var file = home.resolve(BUILT_ROOM);
        var document = CanonicalYaml.read(Files.readString(file));
        ((ObjectNode) document.path("paths")).remove("/chat/search/");
        Files.writeString(file, document.toString());
    }

    private int run(String... arguments) {
        told.reset();
        return Contract.run(home, List.of(arguments), new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
