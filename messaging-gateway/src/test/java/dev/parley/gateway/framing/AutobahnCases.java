package dev.parley.gateway.framing;

import static dev.parley.gateway.scene.RawSocket.BINARY;
import static dev.parley.gateway.scene.RawSocket.CLOSE;
import static dev.parley.gateway.scene.RawSocket.CONTINUATION;
import static dev.parley.gateway.scene.RawSocket.FINAL;
import static dev.parley.gateway.scene.RawSocket.PING;
import static dev.parley.gateway.scene.RawSocket.PONG;
import static dev.parley.gateway.scene.RawSocket.TEXT;
import static dev.parley.gateway.scene.RawSocket.frame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The cases of the Autobahn test suite's groups 1 to 7 and 10, by their numbers there: what a client sends, and what
/// a server that speaks text only has to answer.
final class AutobahnCases {

    private static final int WHOLE = Integer.MAX_VALUE;

    /// @param number the suite's, with a letter where one stands for several
    /// @param piece bytes a TCP segment
    /// @param last sent when all but the two last answers have come; may be nothing
    /// @param answers as [dev.parley.gateway.scene.RawSocket] writes them
    @SuppressWarnings("ArrayRecordComponent") // nobody compares cases
    record Case(String number, byte[] sent, int piece, byte[] last, List<String> answers) {

        @Override
        public String toString() {
            return number;
        }
    }

    private final List<Case> cases = new ArrayList<>();

    static Stream<Case> all() {
        var table = new AutobahnCases();
        table.messages();
        table.pings();
        table.reserved();
        table.fragments();
        table.utf8();
        table.closes();
        return table.cases.stream();
    }

    private void messages() {
        var sizes = List.of(0, 125, 126, 127, 128, 65_535, 65_536);
        for (int i = 0; i < sizes.size(); i++) {
            var payload = "*".repeat(sizes.get(i));
            good("1.1." + (i + 1), WHOLE, List.of("text:" + payload), text(payload));
            bad("1.2." + (i + 1), 1003, List.of(), frame(FINAL | BINARY, payload));
        }
        good("1.1.8", 997, List.of("text:" + "*".repeat(65_536)), text("*".repeat(65_536)));
        bad("1.1.9 one more", 1009, List.of(), text("*".repeat(65_537)));
        bad("1.1.9 a megabyte", 1009, List.of(), text("*".repeat(1 << 20)));
        good("10.1.1", WHOLE, List.of("text:" + "*".repeat(65_536)), fragments("*".repeat(65_536), 1_300));
        bad("10.1.1 one more", 1009, List.of(), fragments("*".repeat(65_537), 1_300));
        bad("10.1.1 without end", 1009, List.of(), fragments("*".repeat(1 << 20), 60_000));
    }

    private void pings() {
        good("2.1", WHOLE, List.of("pong:"), frame(FINAL | PING, ""));
        good("2.2", WHOLE, List.of("pong:Hello"), frame(FINAL | PING, "Hello"));
        good("2.3", WHOLE, List.of("pong:\0ÿþýü"), frame(FINAL | PING, bytes("00fffefdfc")));
        good("2.4", WHOLE, List.of("pong:" + "p".repeat(125)), frame(FINAL | PING, "p".repeat(125)));
        bad("2.5", 1002, List.of(), frame(FINAL | PING, "p".repeat(126)));
        good("2.6", 1, List.of("pong:" + "p".repeat(125)), frame(FINAL | PING, "p".repeat(125)));
        good("2.7", WHOLE, List.of(), frame(FINAL | PONG, ""));
        good("2.8", WHOLE, List.of(), frame(FINAL | PONG, "unasked"));
        good("2.9", WHOLE, List.of("pong:ping"), frame(FINAL | PONG, "unasked"), frame(FINAL | PING, "ping"));
        var ten = IntStream.range(0, 10).boxed().toList();
        var pings = join(ten.stream().map(i -> frame(FINAL | PING, "ping " + i)).toArray(byte[][]::new));
        var pongs = ten.stream().map(i -> "pong:ping " + i).toList();
        good("2.10", WHOLE, pongs, pings);
        good("2.11", 1, pongs, pings);
    }

    private void reserved() {
        bad("3.1", 1002, List.of(), frame(FINAL | 0x10 | TEXT, "x"));
        bad("3.2", 1002, List.of("text:x"), text("x"), frame(FINAL | 0x20 | TEXT, "y"), frame(FINAL | PING, ""));
        bad("3.3", 1002, List.of("text:x"), text("x"), frame(FINAL | 0x30 | TEXT, "y"), frame(FINAL | PING, ""));
        bad("3.4", 1002, List.of("text:x"), text("x"), frame(FINAL | 0x40 | TEXT, "y"), frame(FINAL | PING, ""));
        bad("3.5", 1002, List.of(), frame(FINAL | 0x50 | BINARY, "x"));
        bad("3.6", 1002, List.of(), frame(FINAL | 0x60 | PING, "x"));
        bad("3.7", 1002, List.of(), frame(FINAL | 0x70 | CLOSE, ""));
        for (int i = 0; i < 5; i++) {
            var data = frame(FINAL | (3 + i), i == 1 ? "payload" : "");
            var control = frame(FINAL | (11 + i), i == 1 ? "payload" : "");
            bad("4.1." + (i + 1), 1002, List.of("text:x"), text("x"), data, frame(FINAL | PING, ""));
            bad("4.2." + (i + 1), 1002, List.of("text:x"), text("x"), control, frame(FINAL | PING, ""));
        }
        bad("not masked", 1002, List.of(), new byte[] {(byte) (FINAL | TEXT), 1, 'x'});
    }

    private void fragments() {
        bad("5.1", 1002, List.of(), frame(PING, "f"), frame(FINAL | CONTINUATION, "g"));
        bad("5.2", 1002, List.of(), frame(PONG, "f"), frame(FINAL | CONTINUATION, "g"));
        var two = join(frame(TEXT, "frag"), frame(FINAL | CONTINUATION, "ment"));
        good("5.3", WHOLE, List.of("text:fragment"), two);
        good("5.5", 1, List.of("text:fragment"), two);
        var between = join(frame(TEXT, "frag"), frame(FINAL | PING, "p"), frame(FINAL | CONTINUATION, "ment"));
        good("5.6", WHOLE, List.of("pong:p", "text:fragment"), between);
        good("5.8", 1, List.of("pong:p", "text:fragment"), between);
        bad("5.9", 1002, List.of(), frame(FINAL | CONTINUATION, "nothing before"), text("x"));
        bad("5.12", 1002, List.of(), frame(CONTINUATION, "nothing before"), text("x"));
        bad("5.15", 1002, List.of("text:fragment"), two, frame(CONTINUATION, "nothing before"), text("x"));
        bad("5.16", 1002, List.of(), frame(CONTINUATION, "a"), frame(TEXT, "b"), frame(FINAL | CONTINUATION, "c"));
        bad("5.17", 1002, List.of(), frame(FINAL | CONTINUATION, "a"), frame(TEXT, "b"));
        bad("5.18", 1002, List.of(), frame(TEXT, "a"), frame(FINAL | TEXT, "b"));
        good(
                "5.20",
                WHOLE,
                List.of("pong:1", "pong:2", "text:abcde"),
                frame(TEXT, "a"),
                frame(CONTINUATION, "b"),
                frame(FINAL | PING, "1"),
                frame(CONTINUATION, "c"),
                frame(CONTINUATION, "d"),
                frame(FINAL | PING, "2"),
                frame(FINAL | CONTINUATION, "e"));
    }

    private void utf8() {
        good("6.1.1", WHOLE, List.of("text:"), text(""));
        good(
                "6.1.2",
                WHOLE,
                List.of("text:"),
                frame(TEXT, ""),
                frame(CONTINUATION, ""),
                frame(FINAL | CONTINUATION, ""));
        good(
                "6.1.3",
                WHOLE,
                List.of("text:middle"),
                frame(TEXT, ""),
                frame(CONTINUATION, "middle"),
                frame(FINAL | CONTINUATION, ""));
        var valid = "Hello-µ@ßöäüàá-UTF-8!!";
        good("6.2.1", WHOLE, List.of("text:" + valid), text(valid));
        good("6.2.3", WHOLE, List.of("text:" + valid), fragments(valid, 1));
        good("6.2.4", WHOLE, List.of("text:κόσμε"), fragments("κόσμε", 1));
        var invalid = bytes("cebae1bdb9cf83cebcceb5eda080656469746564");
        bad("6.3.1", 1007, List.of(), frame(FINAL | TEXT, invalid));
        bad("6.3.2", 1007, List.of(), fragments(invalid, 1));
        // Fail fast: the first fragment is enough, the message never ends.
        bad("6.4.1", 1007, List.of(), frame(TEXT, bytes("cebae1bdb9cf83cebcceb5f4908080")));
        bad("6.4.2", 1007, List.of(), frame(TEXT, bytes("cebae1bdb9cf83cebcceb5f4")), frame(CONTINUATION, bytes("90")));
        var firstOfEach = List.of("00", "c280", "e0a080", "f0908080");
        var lastOfEach = List.of("7f", "dfbf", "efbfbf", "f48fbfbf");
        var boundaries = List.of("ed9fbf", "ee8080", "efbfbd", "f48fbfbf");
        var noCharacters = List.of("efbfbe", "efbfbf", "f09fbfbe", "f0afbfbf", "f48fbfbe");
        var special = List.of("efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd", "efbfbe", "efbfbf");
        valid(
                "6.5",
                List.of(
                        "68656c6c6f24776f726c64",
                        "68656c6c6fc2a2776f726c64",
                        "68656c6c6fe282ac776f726c64",
                        "f0a4ada2"));
        prefixes("6.6", "cebae1bdb9cf83cebcceb5", List.of(2, 5, 7, 9, 11));
        valid("6.7", firstOfEach);
        invalid("6.8", List.of("f888808080", "fc8480808080"));
        valid("6.9", lastOfEach);
        invalid("6.10", List.of("f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf"));
        valid("6.11", boundaries);
        invalid("6.11.5", List.of("f4908080"));
        invalid(
                "6.12",
                List.of("80", "bf", "80bf", "80bf80", "80bf80bf", "80bf80bf80", "80bf80bf80bf", "80818283bebf"));
        invalid("6.13", List.of("c020c120df20", "e020e120ef20", "f020f120f720", "f820fb20", "fc20fd20"));
        invalid(
                "6.14",
                List.of(
                        "c0",
                        "e080",
                        "f08080",
                        "f8808080",
                        "fc80808080",
                        "df",
                        "efbf",
                        "f7bfbf",
                        "fbbfbfbf",
                        "fdbfbfbfbf"));
        invalid("6.15", List.of("c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf"));
        invalid("6.16", List.of("fe", "ff", "fefeffff"));
        invalid("6.17", List.of("c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"));
        invalid("6.18", List.of("c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf"));
        invalid("6.19", List.of("c080", "e08080", "f0808080", "f880808080", "fc8080808080"));
        invalid("6.20", List.of("eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"));
        invalid("6.21", List.of("eda080edb080", "edadbfedbfbf", "edae80edb080", "edafbfedbfbf"));
        valid("6.22", noCharacters);
        valid("6.23", special);
    }

    private void closes() {
        var normally = close(1000, "");
        add("7.1.1", WHOLE, List.of("text:x", "close:1000", "end"), text("x"), normally);
        add("7.1.2", WHOLE, List.of("close:1000", "end"), normally, normally);
        add("7.1.3", WHOLE, List.of("close:1000", "end"), normally, frame(FINAL | PING, ""));
        add("7.1.4", WHOLE, List.of("close:1000", "end"), normally, text("x"));
        add("7.1.5", WHOLE, List.of("close:1000", "end"), frame(TEXT, "a"), normally, frame(FINAL | CONTINUATION, "b"));
        add(
                "7.1.6",
                WHOLE,
                List.of("text:" + "x".repeat(65_536), "close:1000", "end"),
                text("x".repeat(65_536)),
                normally,
                frame(FINAL | PING, ""));
        add("7.3.1", WHOLE, List.of("close:1000", "end"), frame(FINAL | CLOSE, ""));
        bad("7.3.2", 1002, List.of(), frame(FINAL | CLOSE, "a"));
        add("7.3.3", WHOLE, List.of("close:1000", "end"), normally);
        add("7.3.4", WHOLE, List.of("close:1000", "end"), close(1000, "I leave"));
        add("7.3.5", WHOLE, List.of("close:1000", "end"), close(1000, "x".repeat(123)));
        bad("7.3.6", 1002, List.of(), close(1000, "x".repeat(124)));
        bad("7.5.1", 1007, List.of(), frame(FINAL | CLOSE, bytes("03e8cebae1bdb9eda080")));
        for (int code : List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)) {
            add("7.7 " + code, WHOLE, List.of("close:" + code, "end"), close(code, ""));
        }
        for (int code : List.of(0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999)) {
            bad("7.9 " + code, 1002, List.of(), close(code, ""));
        }
    }

    private void valid(String number, List<String> messages) {
        for (int i = 0; i < messages.size(); i++) {
            var payload = bytes(messages.get(i));
            var answer = List.of("text:" + new String(payload, StandardCharsets.UTF_8));
            good(number + "." + (i + 1), WHOLE, answer, frame(FINAL | TEXT, payload));
        }
    }

    private void invalid(String number, List<String> messages) {
        for (int i = 0; i < messages.size(); i++) {
            bad(number + "." + (i + 1), 1007, List.of(), frame(FINAL | TEXT, bytes(messages.get(i))));
        }
    }

    /// Every prefix of a valid string is valid where a character ends.
    private void prefixes(String number, String hex, List<Integer> ends) {
        for (int length = 1; length <= hex.length() / 2; length++) {
            var prefix = List.of(hex.substring(0, 2 * length));
            if (ends.contains(length)) {
                valid(number + "." + length, prefix);
            } else {
                invalid(number + "." + length, prefix);
            }
        }
    }

    /// Answered, and the connection lives: the client closes it.
    private void good(String number, int piece, List<String> answers, byte[]... frames) {
        var all =
                Stream.concat(answers.stream(), Stream.of("close:1000", "end")).toList();
        cases.add(new Case(number, join(frames), piece, close(1000, ""), all));
    }

    /// What came before is answered, then the server ends the connection.
    private void bad(String number, int code, List<String> answers, byte[]... frames) {
        add(
                number,
                WHOLE,
                Stream.concat(answers.stream(), Stream.of("close:" + code, "end"))
                        .toList(),
                frames);
    }

    private void add(String number, int piece, List<String> answers, byte[]... frames) {
        cases.add(new Case(number, join(frames), piece, new byte[0], answers));
    }

    private static byte[] text(String payload) {
        return frame(FINAL | TEXT, payload);
    }

    private static byte[] close(int code, String reason) {
        return frame(
                FINAL | CLOSE,
                join(new byte[] {(byte) (code >> 8), (byte) code}, reason.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] fragments(String payload, int size) {
        return fragments(payload.getBytes(StandardCharsets.UTF_8), size);
    }

    private static byte[] fragments(byte[] payload, int size) {
        var all = new ByteArrayOutputStream();
        for (int from = 0; from < payload.length; from += size) {
            var end = Math.min(payload.length, from + size);
            var first = (from == 0 ? TEXT : CONTINUATION) | (end == payload.length ? FINAL : 0);
            all.writeBytes(frame(first, Arrays.copyOfRange(payload, from, end)));
        }
        return all.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
