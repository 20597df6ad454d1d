package dev.parley.gateway.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.gateway.frame.ClientFrame.Subscribe.Wish;
import dev.parley.kit.json.JsonDialect;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {

    private final FrameParser parser = new FrameParser(JsonDialect.newMapper());

    @Test
    void readsASend() throws FrameException {
        var target = MessageId.random();

        var frame = parse("""
                {"type":"message.send","id":"1","room_id":"r","client_message_id":"c-1",
                 "content":"héllo \\ud83d\\ude00","reply_to_id":"%s","unknown":[1]}""".formatted(target));

        assertThat(frame).isEqualTo(new ClientFrame.Send(Optional.of("1"), "r", "c-1", "héllo \uD83D\uDE00", target));
    }

    private static final String ROOM = "0198c0de-0000-7000-8000-000000000001";

    private static final Map<String, ClientFrame> FRAMES = Map.of(
            "message-send",
            new ClientFrame.Send(
                    Optional.of("7"),
                    ROOM,
                    "cm-1",
                    "Tea?",
                    MessageId.fromString("0198c0de-0000-7000-8000-000000000003")),
            "read",
            new ClientFrame.Read(Optional.of("r"), ROOM, 42),
            "typing",
            new ClientFrame.Typing(Optional.empty(), ROOM, true),
            "subscribe",
            new ClientFrame.Subscribe(Optional.of("s"), List.of(new Wish(ROOM, 10L, 1L))),
            "subscribe-many",
            new ClientFrame.Subscribe(Optional.of("s"), List.of(new Wish(ROOM, 10L, 1L), new Wish("nope", null, null))),
            "unsubscribe",
            new ClientFrame.Unsubscribe(Optional.of("u"), ROOM),
            "auth-refresh",
            new ClientFrame.Refresh(Optional.of("a"), "eyJ"),
            "ping",
            new ClientFrame.Ping(Optional.of("p")));

    static List<String> names() throws IOException {
        return Golden.names("client");
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsWhatClientsWereToldToWrite(String name) throws IOException, FrameException {
        assertThat(FRAMES).containsKey(name);
        assertThat(parse(Golden.read("client", name))).isEqualTo(FRAMES.get(name));
    }

    @Test
    void hasAGoldenFileForEveryFrame() throws IOException {
        assertThat(names()).containsExactlyInAnyOrderElementsOf(FRAMES.keySet());
        assertThat(FRAMES.values().stream().map(ClientFrame::getClass).distinct())
                .hasSize(ClientFrame.class.getPermittedSubclasses().length);
    }

    @Test
    void takesRoomsWithoutAPosition() throws FrameException {
        assertThat(parse("{\"type\":\"subscribe\",\"rooms\":[{\"room_id\":\"r\",\"after_seq\":null}]}"))
                .isEqualTo(new ClientFrame.Subscribe(Optional.empty(), List.of(new Wish("r", null, null))));
        assertThat(parse("{\"type\":\"subscribe\",\"rooms\":[]}"))
                .isEqualTo(new ClientFrame.Subscribe(Optional.empty(), List.of()));
    }

    @Test
    void takesASubscribeWithoutARoomForTheSocketsOwn() throws FrameException {
        var own = RoomId.fromString(ROOM);

        assertThat(parser.parse("{\"type\":\"subscribe\",\"after_seq\":3}", own))
                .isEqualTo(new ClientFrame.Subscribe(Optional.empty(), List.of(new Wish(ROOM, 3L, null))));
        assertThat(parser.parse("{\"type\":\"subscribe\",\"room_id\":\"other\"}", own))
                .isEqualTo(new ClientFrame.Subscribe(Optional.empty(), List.of(new Wish("other", null, null))));
    }

    @Test
    void takesAHundredRoomsAndNoMore() throws FrameException {
        var rooms = "{\"room_id\":\"r\"},".repeat(99) + "{\"room_id\":\"r\"}";
        parse("{\"type\":\"subscribe\",\"rooms\":[" + rooms + "]}");

        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> parse("{\"type\":\"subscribe\",\"rooms\":[" + rooms + ",{\"room_id\":\"r\"}]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "type":"read"                                                        | seq
            "type":"read","seq":null                                             | seq
            "type":"read","seq":-1                                               | seq
            "type":"read","seq":1.0                                              | seq
            "type":"read","seq":"1"                                              | seq
            "type":"read","seq":9007199254740992                                 | seq
            "type":"read","seq":99999999999999999999                             | seq
            "type":"read","seq":1,"room_id":5                                    | room_id
            "type":"typing"                                                      | is_typing
            "type":"typing","is_typing":1                                        | is_typing
            "type":"typing","is_typing":"true"                                   | is_typing
            "type":"typing","is_typing":true,"room_id":[]                        | room_id
            "type":"subscribe"                                                   | room_id
            "type":"subscribe","room_id":5                                       | room_id
            "type":"subscribe","room_id":"r","after_seq":"1"                     | after_seq
            "type":"subscribe","room_id":"r","after_seq":-1                      | after_seq
            "type":"subscribe","room_id":"r","after_seq":1,"log_epoch":true      | log_epoch
            "type":"subscribe","room_id":"r","rooms":[]                          | rooms
            "type":"subscribe","rooms":{}                                        | rooms
            "type":"subscribe","rooms":"r"                                       | rooms
            "type":"subscribe","rooms":["r"]                                     | rooms[0]
            "type":"subscribe","rooms":[{}]                                      | rooms[0].room_id
            "type":"subscribe","rooms":[{"room_id":"r"},{"room_id":"r","after_seq":1.5}] | rooms[1].after_seq
            "type":"unsubscribe"                                                 | room_id
            "type":"unsubscribe","room_id":5                                     | room_id
            "type":"auth.refresh"                                                | token
            "type":"auth.refresh","token":7                                      | token
            """)
    void namesTheMemberOfAnyFrameThatIsInvalid(String members, String member) {
        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> parse("{\"id\":\"7\"," + members + "}"))
                .satisfies(e -> {
                    assertThat(e.code()).hasToString("validation_failed");
                    assertThat(e.id()).contains("7");
                    assertThat(e).hasMessageStartingWith(member + " ");
                });
    }

    @Test
    void neverShowsAToken() throws FrameException {
        assertThat(parse("{\"type\":\"auth.refresh\",\"token\":\"secret\"}").toString())
                .doesNotContain("secret");
    }

    @Test
    void takesWhatIsOptionalAsAbsent() throws FrameException {
        var frame = parse("""
                {"type":"message.send","client_message_id":"c","content":"x","reply_to_id":null}""");

        assertThat(frame).isEqualTo(new ClientFrame.Send(Optional.empty(), null, "c", "x", null));
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
                .isThrownBy(() -> parse(text))
                .satisfies(e -> assertThat(e.code()).hasToString("malformed"));
    }

    @Test
    void refusesAnIdOver64Characters() throws FrameException {
        var longest = "😀".repeat(64);
        assertThat(parse("{\"type\":\"ping\",\"id\":\"" + longest + "\"}").id()).contains(longest);

        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> parse("{\"type\":\"ping\",\"id\":\"" + longest + "x\"}"));
    }

    @Test
    void survivesDeepNesting() {
        var deep = "{\"type\":\"ping\",\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";

        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> parse(deep));
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
                .isThrownBy(() -> parse("{\"type\":\"message.send\",\"id\":\"7\"," + members + "}"))
                .satisfies(e -> {
                    assertThat(e.code()).hasToString("validation_failed");
                    assertThat(e.id()).contains("7");
                    assertThat(e).hasMessageStartingWith(member);
                });
    }

    @Test
    void countsContentInCodePoints() throws FrameException {
        var longest = "😀".repeat(8_000);
        parse(send(longest));

        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> parse(send(longest + "x")));
    }

    private ClientFrame parse(String text) throws FrameException {
        return parser.parse(text, null);
    }

    private static String send(String content) {
        return "{\"type\":\"message.send\",\"client_message_id\":\"c\",\"content\":\"" + content + "\"}";
    }
}
