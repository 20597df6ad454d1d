package dev.parley.room.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👍",
                "👍🏽",
                "❤️",
                "✌🏽",
                "☝️",
                "😀",
                "🏳️‍🌈",
                "🏴‍☠️",
                "👩‍❤️‍💋‍👨",
                "👩🏻‍❤️‍💋‍👨🏿",
                "👨‍👩‍👧‍👦",
                "👁️‍🗨️",
                "🕵🏽‍♀️",
                "⛹️‍♂️",
                "👩‍⚕️",
                "👨🏾‍🦰",
                "🧑‍🦲",
                "🇩🇪",
                "🇺🇳",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "1️⃣",
                "#️⃣",
                "*️⃣",
                "©️",
                "™️",
                "🀄",
                "🫨",
                "👩🏼‍🤝‍👨🏽",
                "🐦‍⬛",
                "❤️‍🔥",
                "⌚",
                "🧑‍🧑‍🧒‍🧒"
            })
    void takesWhatIsFullyQualifiedAsItIs(String text) {
        assertThat(Emoji.parse(text)).contains(new Emoji(text));
    }

    @ParameterizedTest
    @CsvSource({
        "\u2764, \u2764\uFE0F",
        "\uD83D\uDC4D\uFE0F, \uD83D\uDC4D",
        "1\u20E3, 1\uFE0F\u20E3",
        "\uD83C\uDFF3\u200D\uD83C\uDF08, \uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
        "\u261D\uFE0F\uD83C\uDFFD, \u261D\uD83C\uDFFD",
        "\uD83D\uDC41\u200D\uD83D\uDDE8\uFE0F, \uD83D\uDC41\uFE0F\u200D\uD83D\uDDE8\uFE0F"
    })
    void takesEverySpellingAsTheFullyQualifiedOne(String text, String canonical) {
        assertThat(Emoji.parse(text)).contains(new Emoji(canonical));
    }

    /// Reserved by Unicode for emoji, and unknown to this JDK.
    @ParameterizedTest
    @ValueSource(strings = {"\uD83E\uDEFC", "\uD83D\uDEDB"})
    void takesTheEmojiOfLaterVersions(String text) {
        assertThat(Emoji.parse(text)).contains(new Emoji(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "1",
                "#",
                "*",
                "👍👍",
                "👍 ",
                " 👍",
                "👍a",
                "😀🏽",
                "🏽",
                "🦰",
                "🇩",
                "🇩🇪🇫",
                "🇩🇪🇫🇷",
                "\u200D",
                "\uFE0F",
                "\u20E3",
                "a\u20E3",
                "👍\u200D",
                "\u200D👍",
                "👩\u200D\u200D👩",
                "👍\uFE0F\uFE0F",
                "❤\uFE0E",
                "★",
                "é",
                "ok",
                "\uD83D",
                "\uFFFD",
                "👍\u0000",
                "🏴\uDB40\uDC67\uDB40\uDC7F",
                "👍\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC7F",
                "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65",
                "1️⃣\u200D👍",
                "👍\u0301",
                "👍🏽🏽"
            })
    void refusesWhatIsNotExactlyOne(String text) {
        assertThat(Emoji.parse(text)).isEmpty();
    }

    @Test
    void refusesWhatIsLongerThanAnyEmoji() {
        assertThat(Emoji.parse("👩" + "\u200D👩".repeat(7))).isPresent();
        assertThat(Emoji.parse("👩" + "\u200D👩".repeat(8))).isEmpty();
        assertThat(Emoji.parse("👩" + "\u200D👩".repeat(50_000))).isEmpty();
    }
}
