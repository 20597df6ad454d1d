package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.ingress.Backends;
import dev.parley.local.system.Ports;
import dev.parley.local.system.StartException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpArgumentsTest {

    @Test
    void startsOn8080AndKeepsData() {
        assertThat(UpArguments.parse(List.of())).isEqualTo(new UpArguments(8080, false, 1, 1));
    }

    @Test
    void readsPortInBothSpellings() {
        assertThat(UpArguments.parse(List.of("--port", "9000", "--fresh")))
                .isEqualTo(new UpArguments(9000, true, 1, 1));
        assertThat(UpArguments.parse(List.of("--port=9000"))).isEqualTo(new UpArguments(9000, false, 1, 1));
    }

    @Test
    void countsInstances() {
        assertThat(UpArguments.parse(List.of("--gateways", "2", "--rooms=3")))
                .isEqualTo(new UpArguments(8080, false, 3, 2));
        assertThat(Ports.from(8080, 1, 2).moreGateways()).containsExactly(new Backends.Instance(8093, 9093));
        assertThat(Ports.from(8080, 2, 1).moreRooms()).containsExactly(new Backends.Instance(8092, 9092));
        assertThatThrownBy(() -> Ports.from(8080, 0, 1)).isInstanceOf(StartException.class);
        assertThatThrownBy(() -> Ports.from(8080, 1, 10)).isInstanceOf(StartException.class);
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
