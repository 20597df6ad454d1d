package dev.parley.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameScannerTest {

    private static final String CREATED = """
            {"type":"message.created","room_id":"0198c0de-0000-7000-8000-000000000001","seq":42,"timestamp":"…",\
            "message":{"seq":42,"sender":{"username":"ada"},"content":"~123456789~xxx"}}""";

    private static final String ACK =
            "{\"type\":\"ack\",\"id\":\"123456789\",\"client_message_id\":\"123456789\",\"seq\":42}";

    @Test
    void readsSeqAndDueTimeOfAMessage() {
        assertThat(scan(CREATED)).containsExactly("message 42 123456789");
    }

    @Test
    void readsTheDueTimeOfAnAckFromItsId() {
        assertThat(scan(ACK)).containsExactly("ack 123456789");
    }

    @Test
    void readsEveryObjectOfAPackedFrame() {
        var packed = String.join("\n", "{\"type\":\"hello\"}", ACK, CREATED, CREATED.replace("42", "43"));

        assertThat(scan(packed))
                .containsExactly("hello", "ack 123456789", "message 42 123456789", "message 43 123456789");
    }

    @Test
    void countsErrorsAndLeavesTheRestOut() {
        var packed = """
                {"type":"error","id":"1","code":"unavailable"}
                {"type":"presence.snapshot","room_id":"…"}
                {"type":"auth.expiring"}
                {}
                """;

        assertThat(scan(packed)).containsExactly("failure");
    }

    @Test
    void doesNotTakeContentOfOthersForATime() {
        assertThat(scan(CREATED.replace("~123456789~xxx", "hello"))).isEmpty();
    }

    private static List<String> scan(String frame) {
        var found = new ArrayList<String>();
        FrameScanner.scan(Unpooled.copiedBuffer(frame, StandardCharsets.UTF_8), new FrameScanner.Sink() {
            @Override
            public void message(long seq, long dueNanos) {
                found.add("message " + seq + " " + dueNanos);
            }

            @Override
            public void ack(long dueNanos) {
                found.add("ack " + dueNanos);
            }

            @Override
            public void failure() {
                found.add("failure");
            }

            @Override
            public void hello() {
                found.add("hello");
            }
        });
        return found;
    }
}
