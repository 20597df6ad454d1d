package dev.parley.kit.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {

    private final ClientAddress addresses = new ClientAddress(trusting("127.0.0.0/8", "10.1.0.0/16", "fd00::/8"));

    @Test
    void isThePeerThatIsNoProxy() {
        assertThat(addresses.of("192.0.2.7", List.of())).isEqualTo("c0000207");
        assertThat(addresses.of("192.0.2.7", List.of("203.0.113.9"))).isEqualTo("c0000207");
    }

    @Test
    void isTheLastHopThatIsNoProxy() {
        assertThat(addresses.of("127.0.0.1", List.of("203.0.113.9"))).isEqualTo("cb007109");
        assertThat(addresses.of("127.0.0.1", List.of("198.51.100.1", "203.0.113.9", "10.1.2.3")))
                .as("what stands left of it may be made up")
                .isEqualTo("cb007109");
        assertThat(addresses.of("fd00::1", List.of("203.0.113.9"))).isEqualTo("cb007109");
    }

    @Test
    void isTheProxyWhenTheHeaderSaysNothing() {
        assertThat(addresses.of("127.0.0.1", List.of())).isEqualTo("7f000001");
        assertThat(addresses.of("127.0.0.1", List.of("", "unknown", "example.com")))
                .isEqualTo("7f000001");
        assertThat(addresses.of("10.2.0.1", List.of("203.0.113.9")))
                .as("not a proxy")
                .isEqualTo("0a020001");
    }

    @Test
    void isANetworkInIpv6() {
        assertThat(addresses.of("2001:db8:1:2:3:4:5:6", List.of()))
                .isEqualTo(addresses.of("2001:db8:1:2::1", List.of()))
                .isNotEqualTo(addresses.of("2001:db8:1:3::1", List.of()));
    }

    @Test
    void wantsNetworksThatAreSome() {
        for (var network : List.of("10.0.0.0/33", "localhost", "::1/129", "10.0.0.0/x")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(network));
        }
    }

    @Test
    void readsRates() {
        assertThat(Rate.valueOf("10/5m").intervalMillis()).isEqualTo(30_000);
        assertThat(Rate.valueOf("1000/1m").intervalMillis()).isEqualTo(60);
        for (var rate : List.of("", "10", "10/m", "0/5m", "10/5d", "-1/5m", "10/0m")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Rate.valueOf(rate));
        }
    }

    private static NetworkConfig trusting(String... networks) {
        return () -> List.of(networks);
    }
}
