package dev.parley.kit.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final Instant TIME = Instant.parse("2026-11-22T14:23:05.120Z");

    @Test
    void readsWhatItWrote() {
        var id = UUID.randomUUID();

        Map.Entry<Instant, UUID> place = Cursor.parse(Cursor.format(TIME, id), Map::entry);
        String key = Cursor.parseKey(Cursor.ofKey("ada"), text -> text);

        assertThat(place).isEqualTo(Map.entry(TIME, id));
        assertThat(key).isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!", "AAAA", "=", "\u0000"})
    void refusesWhatItDidNotWrite(String text) {
        assertThatThrownBy(() -> Cursor.parse(text, Map::entry)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Cursor.parseKey(text, UUID::fromString))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.errors())
                                .singleElement()
                                .satisfies(error -> assertThat(error.field()).isEqualTo("cursor")));
    }
}
