package dev.parley.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

    private record Configured(String publicUrl, Optional<List<String>> allowed) implements OriginsConfig {}

    private static AllowedOrigins origins(String... allowed) {
        return new AllowedOrigins(new Configured("https://chat.example.org/", Optional.of(List.of(allowed))));
    }

    @Test
    void hasThePublicUrlAndTheListedOnes() {
        var origins = origins("https://app.example.org", "http://localhost:3000");

        assertThat(origins.contains("https://chat.example.org")).isTrue();
        assertThat(origins.contains("https://app.example.org")).isTrue();
        assertThat(origins.contains("http://localhost:3000")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://chat.example.org",
                "https://chat.example.org:8443",
                "https://chat.example.org.evil.org",
                "https://evil.org/https://chat.example.org",
                "HTTPS://CHAT.EXAMPLE.ORG"
            })
    void hasNoOther(String origin) {
        assertThat(origins().contains(origin)).isFalse();
    }

    @Test
    void takesAnAbsentOneForNone() {
        assertThat(origins().contains(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "null", "https://*.example.org", "https://app.example.org/path", "app.example.org"})
    void refusesToStartWithWhatIsNoExactOrigin(String configured) {
        assertThatThrownBy(() -> origins(configured))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(configured);
    }
}
