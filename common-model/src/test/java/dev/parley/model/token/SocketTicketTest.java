package dev.parley.model.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketTicketTest {

    private static final SocketTicket TICKET = new SocketTicket(
            UserId.fromString("019ab1c2-0000-7000-8000-000000000001"),
            SessionId.fromString("019ab1c2-0000-7000-8000-000000000002"),
            "ada",
            Instant.parse("2026-11-22T14:23:05Z"));

    @Test
    void isWrittenInOneWay() {
        assertThat(TICKET.toText())
                .isEqualTo("019ab1c2-0000-7000-8000-000000000001 019ab1c2-0000-7000-8000-000000000002 ada 1795357385");
        assertThat(SocketTicket.of(TICKET.toText())).isEqualTo(TICKET);
    }

    @Test
    void isKeptUnderItsHash() {
        assertThat(SocketTicket.key("tkt_secret"))
                .matches("ticket:[A-Za-z0-9_-]{43}")
                .doesNotContain("secret");
    }

    @Test
    void refusesOtherTexts() {
        for (var text : List.of("", "a b c d", TICKET.toText() + " x", TICKET.toText() + "x")) {
            assertThatIllegalArgumentException().isThrownBy(() -> SocketTicket.of(text));
        }
    }
}
