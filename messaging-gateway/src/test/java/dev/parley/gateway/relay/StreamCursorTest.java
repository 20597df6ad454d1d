package dev.parley.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCursorTest {

    @ParameterizedTest
    @CsvSource({
        "0-0, 0-0, 0",
        "9-0, 10-0, -1",
        "10-9, 10-10, -1",
        "1763900000000-1, 1763900000000-0, 1",
        "18446744073709551615-0, 1-0, 1"
    })
    void ordersIdsByTimeThenCounter(String left, String right, int expected) {
        assertThat(Integer.signum(StreamCursor.compare(left, right))).isEqualTo(expected);
    }
}
