package dev.parley.load.client;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/// Finds what a load test needs in the server's frames without parsing JSON: the order of an object's first members is
/// the server's own and does not change, and content made by [Payload] carries its time between tildes.
///
/// A frame holds one object (`chat.v1`) or several, separated by line feeds (`chat.v1.ndjson`).
final class FrameScanner {

    /// What was found. Times are `System.nanoTime()` of the moment when the message was due.
    interface Sink {

        /// `message.created`.
        void message(long seq, long dueNanos);

        /// An `ack` of a message.
        void ack(long dueNanos);

        /// `error`, or an `ack` that says `duplicate`: neither may happen in an undisturbed run.
        void failure();

        /// `hello`: the socket is open.
        void hello();
    }

    /// Where the type's name begins in `{"type":"…`.
    private static final int TYPE_AT = 9;

    /// Where the digits begin in `{"type":"message.created","room_id":"<36 characters>","seq":…`.
    private static final int SEQ_AT = 81;

    /// Where the digits begin in `{"type":"ack","id":"…`.
    private static final int ACK_ID_AT = 20;

    private static final byte MARK = '~';

    private FrameScanner() {}

    static void scan(ByteBuf frame, Sink sink) {
        var start = frame.readerIndex();
        var end = frame.writerIndex();
        while (start < end) {
            var lineFeed = frame.indexOf(start, end, (byte) '\n');
            var stop = lineFeed < 0 ? end : lineFeed;
            object(frame, start, stop, sink);
            start = stop + 1;
        }
    }

    private static void object(ByteBuf frame, int start, int stop, Sink sink) {
        if (stop - start <= TYPE_AT) {
            return;
        }
        switch (frame.getByte(start + TYPE_AT)) {
            case 'm' -> message(frame, start, stop, sink);
            case 'a' -> {
                if (frame.getByte(start + TYPE_AT + 1) == 'c') {
                    sink.ack(digits(frame, start + ACK_ID_AT, stop));
                }
            }
            case 'e' -> sink.failure();
            case 'h' -> sink.hello();
            default -> {
                // presence, typing and the like are no part of a measurement
            }
        }
    }

    private static void message(ByteBuf frame, int start, int stop, Sink sink) {
        var mark = frame.indexOf(start + SEQ_AT, stop, MARK);
        if (mark >= 0) {
            sink.message(digits(frame, start + SEQ_AT, stop), digits(frame, mark + 1, stop));
        }
    }

    private static long digits(ByteBuf frame, int start, int stop) {
        var reader = new DigitReader();
        frame.forEachByte(start, stop - start, reader);
        return reader.value;
    }

    private static final class DigitReader implements ByteProcessor {

        private long value;

        @Override
        public boolean process(byte character) {
            if (character < '0' || character > '9') {
                return false;
            }
            value = value * 10 + character - '0';
            return true;
        }
    }
}
