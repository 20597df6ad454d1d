package dev.parley.kit.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryNumberTest {

    @Test
    void readsWhatIsWithinTheBounds() {
        assertThat(QueryNumber.limit(null)).isEqualTo(50);
        assertThat(QueryNumber.limit("1")).isEqualTo(1);
        assertThat(QueryNumber.limit("100")).isEqualTo(100);
        assertThat(QueryNumber.limit("500", 500, 500)).isEqualTo(500);
        assertThat(QueryNumber.seq("seq", "0")).contains(0L);
        assertThat(QueryNumber.seq("seq", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "101", "+5", "-5", " 5", "5 ", "5.0", "0x5", "\u0665", "99999999999999999999"})
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> QueryNumber.limit(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.errors())
                                .singleElement()
                                .satisfies(error -> assertThat(error.field()).isEqualTo("limit")));
    }
}
