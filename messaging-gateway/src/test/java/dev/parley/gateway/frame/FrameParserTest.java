package dev.parley.gateway.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.kit.json.JsonDialect;
import dev.parley.model.id.MessageId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {

    private final FrameParser parser = new FrameParser(JsonDialect.newMapper());

    @Test
    void readsASend() throws FrameException {
        var target = MessageId.random();

        var frame = parser.parse("""
                {"type":"message.send","id":"1","room_id":"r","client_message_id":"c-1",
                 "content":"héllo \\ud83d\\ude00","reply_to_id":"%s","unknown":[1]}""".formatted(target));

        assertThat(frame).isEqualTo(new ClientFrame.Send(Optional.of("1"), "r", "c-1", "héllo \uD83D\uDE00", target));
    }

    @Test
    void takesWhatIsOptionalAsAbsent() throws FrameException {
        var frame = parser.parse("""
                {"type":"message.send","client_message_id":"c","content":"x","reply_to_id":null}""");

        assertThat(frame).isEqualTo(new ClientFrame.Send(Optional.empty(), null, "c", "x", null));
    }

    @Test
    void readsAPing() throws FrameException {
        assertThat(parser.parse("{\"type\":\"ping\",\"id\":\"p\"}")).isEqualTo(new ClientFrame.Ping(Optional.of("p")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "null",
                "[]",
                "1",
                "\"ping\"",
                "{",
                "{\"type\":\"ping\"}{}",
                "{\"type\":\"ping\"} x",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{}",
                "{\"type\":null}",
                "{\"type\":\"\"}",
                "{\"type\":\"message.sent\"}",
                "{\"type\":\"ping\",\"id\":1}",
                "{\"type\":\"ping\",\"id\":{}}",
                "{\"type\":\"ping\",\"id\":\"a\\u0000\"}",
                "{\"type\":\"ping\",\"id\":\"\\ud800\"}"
            })
    void callsMalformed(String text) {
        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> parser.parse(text))
                .satisfies(e -> assertThat(e.code()).hasToString("malformed"));
    }

    @Test
    void refusesAnIdOver64Characters() throws FrameException {
        var longest = "😀".repeat(64);
        assertThat(parser.parse("{\"type\":\"ping\",\"id\":\"" + longest + "\"}")
                        .id())
                .contains(longest);

        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> parser.parse("{\"type\":\"ping\",\"id\":\"" + longest + "x\"}"));
    }

    @Test
    void survivesDeepNesting() {
        var deep = "{\"type\":\"ping\",\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";

        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> parser.parse(deep));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "content":"x"                                                        | client_message_id
            "content":"x","client_message_id":null                               | client_message_id
            "content":"x","client_message_id":""                                 | client_message_id
            "content":"x","client_message_id":7                                  | client_message_id
            "content":"x","client_message_id":"é"                                | client_message_id
            "content":"x","client_message_id":"a\\u0007"                         | client_message_id
            "client_message_id":"c"                                              | content
            "client_message_id":"c","content":""                                 | content
            "client_message_id":"c","content":["x"]                              | content
            "client_message_id":"c","content":"a\\u0000b"                        | content
            "client_message_id":"c","content":"\\udc00"                          | content
            "client_message_id":"c","content":"x","reply_to_id":"nope"           | reply_to_id
            "client_message_id":"c","content":"x","reply_to_id":5                | reply_to_id
            "client_message_id":"c","content":"x","room_id":5                    | room_id
            """)
    void namesTheMemberThatIsInvalid(String members, String member) {
        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> parser.parse("{\"type\":\"message.send\",\"id\":\"7\"," + members + "}"))
                .satisfies(e -> {
                    assertThat(e.code()).hasToString("validation_failed");
                    assertThat(e.id()).contains("7");
                    assertThat(e).hasMessageStartingWith(member);
                });
    }

    @Test
    void countsContentInCodePoints() throws FrameException {
        var longest = "😀".repeat(8_000);
        parser.parse(send(longest));

        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> parser.parse(send(longest + "x")));
    }

    private static String send(String content) {
        return "{\"type\":\"message.send\",\"client_message_id\":\"c\",\"content\":\"" + content + "\"}";
    }
}
