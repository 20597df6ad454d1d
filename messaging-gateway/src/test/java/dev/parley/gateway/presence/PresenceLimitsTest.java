package dev.parley.gateway.presence;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceLimitsTest {

    @Test
    void takesTheDefaults() {
        assertThatCode(() -> PresenceLimits.check(config(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"listed-participants,1", "listed-participants,1000", "watched-users,200000", "refresh-interval,10s"})
    void takesWhatIsJustRight(String key, String value) {
        assertThatCode(() -> PresenceLimits.check(config(Map.of(key, value)))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "listed-participants,0",
        "listed-participants,1001",
        "watched-users,0",
        "watched-users,200001",
        "participants-at-once,0",
        "refresh-interval,10001ms"
    })
    void refusesWhatCannotWork(String key, String value) {
        assertThatThrownBy(() -> PresenceLimits.check(config(Map.of(key, value))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("parley.gateway.presence." + key);
    }

    private static PresenceConfig config(Map<String, String> settings) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(PresenceConfig.class);
        settings.forEach((key, value) -> builder.withDefaultValue("parley.gateway.presence." + key, value));
        return builder.build().getConfigMapping(PresenceConfig.class);
    }
}
