package dev.parley.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExternalServersTest {

    @Test
    void readsUrls() {
        ExternalServers external = ExternalServers.from(Map.of(
                "PARLEY_POSTGRES_URL", "postgresql://admin:p%40ss+word@db.example.org/template1",
                "PARLEY_REDIS_URL", "redis://:secret@cache.example.org:6380"));

        assertThat(external.postgres())
                .contains(new ExternalServers.Postgres("db.example.org:5432", "template1", "admin", "p@ss+word"));
        assertThat(external.redis()).contains("redis://:secret@cache.example.org:6380");
    }

    @Test
    void treatsEmptyAsAbsent() {
        assertThat(ExternalServers.from(Map.of("PARLEY_REDIS_URL", " ")))
                .isEqualTo(new ExternalServers(Optional.empty(), Optional.empty()));
    }

    @Test
    void keepsPasswordsOutOfMessages() {
        assertThatThrownBy(() -> ExternalServers.from(Map.of("PARLEY_POSTGRES_URL", "mysql://admin:secret@db")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("PARLEY_POSTGRES_URL must look like")
                .hasMessageNotContaining("secret");
    }
}
