package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.system.Ports;
import dev.parley.local.system.StartException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpArgumentsTest {

    @Test
    void startsOn8080AndKeepsData() {
        assertThat(UpArguments.parse(List.of())).isEqualTo(new UpArguments(8080, false));
    }

    @Test
    void readsPortInBothSpellings() {
        assertThat(UpArguments.parse(List.of("--port", "9000", "--fresh"))).isEqualTo(new UpArguments(9000, true));
        assertThat(UpArguments.parse(List.of("--port=9000"))).isEqualTo(new UpArguments(9000, false));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> UpArguments.parse(List.of("--prot", "1")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("'--prot'");
        assertThatThrownBy(() -> UpArguments.parse(List.of("--port"))).isInstanceOf(StartException.class);
        assertThatThrownBy(() -> UpArguments.parse(List.of("--port", "many"))).isInstanceOf(StartException.class);
    }

    @Test
    void countsAllPortsFromTheFirst() {
        assertThat(Ports.from(8080)).isEqualTo(new Ports(8080, 8081, 8082, 8083, 9081, 9082, 9083, 8084, 8085, 8086));
        assertThatThrownBy(() -> Ports.from(65_000)).isInstanceOf(StartException.class);
    }
}
