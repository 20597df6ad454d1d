package dev.parley.room.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.id.RoomId;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final RoomId ROOM = RoomId.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final RoomId OTHER = RoomId.fromString("0198c0de-0000-7000-8000-000000000002");

    /// Computed with another implementation.
    private static final long HELLO = -2779038224876135502L;

    @Test
    void areRunsOfLettersAndDigitsInLowerCase() {
        assertThat(Words.of("Grüße aus MÜNCHEN, um 12:30! (the) running_man@example.com"))
                .containsExactly(
                        "grüße", "aus", "münchen", "um", "12", "30", "the", "running", "man", "example", "com");
        assertThat(Words.of("Ёлка ΟΔΟΣ שלום")).containsExactly("ёлка", "οδος", "שלום");
    }

    @Test
    void areTheSameInAnyNormalForm() {
        assertThat(Words.of("cafe\u0301 \uFF21\uFF22 ﬁne")).containsExactly("café", "ab", "fine");
        assertThat(Words.of("cafe")).doesNotContain("café");
    }

    @Test
    void areNeighboursInScriptsWithoutSpaces() {
        assertThat(Words.of("我爱北京abc")).containsExactly("我", "我爱", "爱", "爱北", "北", "北京", "京", "abc");
        assertThat(Words.wanted("北京")).containsExactly("北京");
        assertThat(Words.wanted("京 x")).containsExactly("京", "x");
        assertThat(Words.of("한국어를")).containsAll(Words.wanted("한국어"));
        assertThat(Words.of("コンピューター")).containsAll(Words.wanted("ピュータ"));
        assertThat(Words.of("ภาษาไทย")).containsAll(Words.wanted("ไทย"));
    }

    @Test
    void areEmojiToo() {
        assertThat(Words.of("well👍🏽done ❤ 1️⃣ ™")).containsExactly("👍🏽", "❤️", "1️⃣", "™️", "well", "done");
        assertThat(Words.of("👩‍👩‍👧")).containsExactly("👩‍👩‍👧");
    }

    @Test
    void areNoneInPunctuation() {
        assertThat(Words.of("!?… --- & | : * ' \" \\ ( )")).isEmpty();
        assertThat(Words.of("")).isEmpty();
    }

    @Test
    void areBoundedInAMessage() {
        var text = new Random(1)
                .ints(8_000, 0x4E00, 0x9FFF)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertThat(Words.of(text))
                .hasSize(Words.MAX_OF_MESSAGE)
                .contains(text.substring(0, 1), text.substring(0, 2), text.substring(900, 902))
                .doesNotContain(text.substring(7_000, 7_002));
        assertThat(WordKeys.ofMessage(ROOM, text).split(",")).hasSize(Words.MAX_OF_MESSAGE);
    }

    /// The numbers stand in databases.
    @Test
    void haveKeysThatNeverChange() {
        assertThat(WordKeys.ofMessage(ROOM, "Hello, hello 北京"))
                .isEqualTo("{%d,%d,%d,%d}"
                        .formatted(
                                WordKeys.of(ROOM, "hello"),
                                WordKeys.of(ROOM, "北"),
                                WordKeys.of(ROOM, "北京"),
                                WordKeys.of(ROOM, "京")));
        assertThat(WordKeys.of(ROOM, "hello")).isEqualTo(HELLO).isNotEqualTo(WordKeys.of(OTHER, "hello"));
    }
}
