package dev.parley.kit.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonDialectTest {

    /// Quarkus applies customizers by descending priority; its own registers the modules on the class path.
    @Test
    void spellsTimesItselfWhateverThePlatformRegisters() throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        List<ObjectMapperCustomizer> customizers =
                Stream.of(new JsonDialect(), new PlatformModules()).sorted().toList();

        customizers.forEach(customizer -> customizer.customize(mapper));

        assertThat(mapper.writeValueAsString(Map.of("at", Instant.parse("2026-11-22T14:23:05Z"))))
                .isEqualTo("{\"at\":\"2026-11-22T14:23:05.000Z\"}");
    }

    private static final class PlatformModules implements ObjectMapperCustomizer {

        @Override
        public void customize(ObjectMapper mapper) {
            mapper.registerModule(new JavaTimeModule());
        }

        @Override
        public int priority() {
            return QUARKUS_CUSTOMIZER_PRIORITY;
        }
    }
}
