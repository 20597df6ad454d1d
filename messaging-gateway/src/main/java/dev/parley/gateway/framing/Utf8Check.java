package dev.parley.gateway.framing;

import io.netty.buffer.ByteBuf;

/// Whether bytes are UTF-8, looked at as they come: neither overlong forms, nor surrogates, nor beyond U+10FFFF.
/// Source: RFC 3629 §4. Thread: one at a time.
final class Utf8Check {

    private static final int LOWEST_CONTINUATION = 0x80;
    private static final int HIGHEST_CONTINUATION = 0xBF;

    private int missing;
    private int lowest = LOWEST_CONTINUATION;
    private int highest = HIGHEST_CONTINUATION;

    /// @return false as soon as no bytes that follow could make it UTF-8; the check is over then
    boolean accepts(ByteBuf bytes) {
        return bytes.forEachByte(value -> accepts(value & 0xFF)) < 0;
    }

    /// Whether no character has begun that did not end.
    boolean isComplete() {
        return missing == 0;
    }

    private boolean accepts(int value) {
        if (missing == 0) {
            return value < 0x80 || begins(value);
        }
        var fits = value >= lowest && value <= highest;
        lowest = LOWEST_CONTINUATION;
        highest = HIGHEST_CONTINUATION;
        missing--;
        return fits;
    }

    private boolean begins(int value) {
        if (value < 0xC2 || value > 0xF4) {
            return false;
        }
        missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        switch (value) {
            case 0xE0 -> lowest = 0xA0;
            case 0xED -> highest = 0x9F;
            case 0xF0 -> lowest = 0x90;
            case 0xF4 -> highest = 0x8F;
            default -> {}
        }
        return true;
    }
}
