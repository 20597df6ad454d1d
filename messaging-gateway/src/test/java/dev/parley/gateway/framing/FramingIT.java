package dev.parley.gateway.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.scene.LogLines;
import dev.parley.gateway.scene.RawSocket;
import dev.parley.gateway.scene.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(Scene.class)
class FramingIT {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    static Stream<AutobahnCases.Case> cases() {
        return AutobahnCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAsRfc6455Says(AutobahnCases.Case tried) throws IOException {
        try (var log = LogLines.from(Level.INFO);
                var socket = RawSocket.open(port, EchoEndpoint.PATH)) {
            socket.write(tried.sent(), tried.piece());

            var answers = new ArrayList<String>();
            while (tried.last().length > 0 && answers.size() < tried.answers().size() - 2) {
                answers.add(socket.read());
            }
            socket.write(tried.last());
            answers.addAll(socket.readToTheEnd());

            assertThat(shortened(answers)).isEqualTo(shortened(tried.answers()));
            assertThat(log.lines()).isEmpty();
        }
    }

    /// What a person can read when it fails.
    private static List<String> shortened(List<String> answers) {
        return answers.stream()
                .map(answer -> answer.length() < 200 ? answer : answer.substring(0, 20) + "… " + answer.hashCode())
                .toList();
    }
}
