package dev.parley.model.text;

import java.util.Optional;

/// Decides whether a text may be stored. Lengths are in code points, bounds inclusive.
/// A text is taken exactly or refused; it is never trimmed, normalised or repaired.
public final class TextRules {

    /// Longest message content, in code points.
    public static final int MAX_CONTENT = 8_000;

    /// Longest `client_message_id` or `client_room_id`, in characters, all of them printable ASCII.
    public static final int MAX_CLIENT_ID = 64;

    private TextRules() {}

    /// Why `text` cannot be a message's content; empty if it can.
    public static Optional<String> contentViolation(String text) {
        return violation(text, 1, MAX_CONTENT, false);
    }

    /// Why `text` cannot be a name that people read in one line (no control or bidi-override characters).
    public static Optional<String> nameViolation(String text, int min, int max) {
        return violation(text, min, max, true);
    }

    /// Why `text` cannot be an id that a client chose; empty if it can.
    public static Optional<String> clientIdViolation(String text) {
        if (text.isEmpty() || text.length() > MAX_CLIENT_ID) {
            return Optional.of("must have 1 to " + MAX_CLIENT_ID + " characters");
        }
        return text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)
                ? Optional.empty()
                : Optional.of("must be printable ASCII");
    }

    /// Whether PostgreSQL and UTF-8 can hold `text`: no U+0000, no lone surrogate.
    public static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static Optional<String> violation(String text, int min, int max, boolean oneLine) {
        if (!isStorable(text)) {
            return Optional.of("must not contain U+0000 or lone surrogates");
        }
        if (oneLine && text.codePoints().anyMatch(TextRules::isControlOrBidiOverride)) {
            return Optional.of("must not contain control or bidi-override characters");
        }
        var length = text.codePointCount(0, text.length());
        return length < min || length > max
                ? Optional.of("must have " + min + " to " + max + " characters")
                : Optional.empty();
    }

    /// Source of the bidi set: Unicode UAX #9, explicit embeddings, overrides and isolates.
    private static boolean isControlOrBidiOverride(int codePoint) {
        return Character.isISOControl(codePoint)
                || (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
