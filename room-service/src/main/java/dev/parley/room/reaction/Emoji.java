package dev.parley.room.reaction;

import java.util.Optional;
import java.util.regex.Pattern;

/// Exactly one emoji: a well-formed sequence of UTS #51, in its fully-qualified spelling. Whether a font has a picture
/// for a sequence of joined emoji is not asked; new ones come every year.
/// @param text with U+FE0F after each character that needs it to be shown as an emoji, and nowhere else
public record Emoji(String text) {

    /// Longest sequence, in code points. The longest that is recommended for interchange has 10.
    private static final int MAX_LENGTH = 16;

    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;

    /// What Unicode has reserved for the emoji of later versions than this JDK's counts as one.
    private static final String CHARACTER = "(?!\\p{IsEmoji_Component})"
            + "[\\p{IsEmoji}[\\p{IsExtended_Pictographic}&&\\p{Cn}&&[\\x{1F000}-\\x{1FAFF}]]]";

    /// A skin tone belongs to what can have one, and is no emoji by itself; nor are digits and single flag letters.
    private static final String ELEMENT =
            "(?:\\p{IsEmoji_Modifier_Base}\\x{FE0F}?\\p{IsEmoji_Modifier}|" + CHARACTER + "\\x{FE0F}?)";

    private static final String HAIR = "[\\x{1F9B0}-\\x{1F9B3}]";

    private static final String KEYCAP_SEQUENCE = "[0-9#*]\\x{FE0F}?\\x{20E3}";

    private static final String FLAG = "[\\x{1F1E6}-\\x{1F1FF}]{2}";

    /// Flags of regions: the black flag, and the region's code in characters that nobody sees. Nothing else may have
    /// such characters, which could carry any text.
    private static final String REGION_FLAG = "\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}";

    private static final Pattern ONE = Pattern.compile(KEYCAP_SEQUENCE + "|" + FLAG + "|" + REGION_FLAG + "|" + ELEMENT
            + "(?:\\x{200D}(?:" + ELEMENT + "|" + HAIR + "))*");

    /// Empty if `text` is not exactly one emoji. The same emoji with and without U+FE0F is one.
    public static Optional<Emoji> parse(String text) {
        return text.codePointCount(0, text.length()) <= MAX_LENGTH
                        && ONE.matcher(text).matches()
                ? Optional.of(new Emoji(fullyQualified(text)))
                : Optional.empty();
    }

    private static String fullyQualified(String text) {
        var codePoints = text.codePoints().filter(each -> each != EMOJI_STYLE).toArray();
        var qualified = new StringBuilder();
        for (int i = 0; i < codePoints.length; i++) {
            qualified.appendCodePoint(codePoints[i]);
            var next = i + 1 < codePoints.length ? codePoints[i + 1] : 0;
            if (next == KEYCAP || (needsStyle(codePoints[i]) && !Character.isEmojiModifier(next))) {
                qualified.appendCodePoint(EMOJI_STYLE);
            }
        }
        return qualified.toString();
    }

    /// Whether a character is shown as text by itself.
    private static boolean needsStyle(int codePoint) {
        return Character.isEmoji(codePoint)
                && !Character.isEmojiPresentation(codePoint)
                && !Character.isEmojiComponent(codePoint);
    }

    @Override
    public String toString() {
        return text;
    }
}
