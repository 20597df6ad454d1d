package dev.parley.room.words;

import dev.parley.room.reaction.Emoji;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The words of a text, as they are looked up: no stemming, no stop words, no language. Compatibility forms and letter
/// case make no difference (Unicode NFKC, lower case); accents do.
///
/// A word is a run of letters, digits and the marks on them. Scripts that set no spaces have no such runs: of these
/// each two neighbours are a word, and each single character. An emoji is a word in its fully-qualified spelling.
///
/// The words of stored messages are in the database: a change here needs a new indexing of all of them.
public final class Words {

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    /// Each word is an entry of the index that a writer makes while its rooms are locked: this bounds what one message
    /// costs. Prose of 8,000 letters has some 1,500 words; Chinese of 8,000 characters would have up to 16,000.
    static final int MAX_OF_MESSAGE = 2_000;

    private static final int PROLONGED_SOUND_MARK = 0x30FC;
    private static final int ITERATION_MARK = 0x3005;

    private Words() {}

    /// The words of a message, each once: emoji, then the others from its beginning, at most [#MAX_OF_MESSAGE].
    public static Set<String> of(String text) {
        return of(text, true).stream().limit(MAX_OF_MESSAGE).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The words that a message must have to be found, each once; none of a text that is nothing but punctuation.
    public static Set<String> wanted(String query) {
        return of(query, false);
    }

    /// @param singles whether the single characters of unspaced scripts are words, or only where one stands alone
    private static Set<String> of(String text, boolean singles) {
        var words = new LinkedHashSet<String>();
        var rest = new StringBuilder();
        var clusters = CLUSTER.matcher(text);
        while (clusters.find()) {
            var cluster = clusters.group();
            var emoji = mayBeEmoji(cluster) ? Emoji.parse(cluster) : Optional.<Emoji>empty();
            if (emoji.isPresent()) {
                words.add(emoji.get().text());
                rest.append(' ');
            } else {
                rest.append(cluster);
            }
        }
        var folded = Normalizer.normalize(rest, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        var runs = RUN.matcher(folded);
        while (runs.find()) {
            addRun(words, runs.group(), singles);
        }
        return words;
    }

    /// Cheap: what starts with an ASCII letter or space is most of all text.
    private static boolean mayBeEmoji(String cluster) {
        return cluster.length() > 1 || cluster.charAt(0) > 0x7F;
    }

    /// Divides a run where it changes between scripts with and without spaces.
    private static void addRun(Collection<String> words, String run, boolean singles) {
        var codePoints = run.codePoints().toArray();
        for (int start = 0, end; start < codePoints.length; start = end) {
            var unspaced = isUnspaced(codePoints[start]);
            end = start + 1;
            while (end < codePoints.length && (isMark(codePoints[end]) || isUnspaced(codePoints[end]) == unspaced)) {
                end++;
            }
            if (unspaced) {
                addUnspaced(words, codePoints, start, end, singles);
            } else {
                words.add(new String(codePoints, start, end - start));
            }
        }
    }

    private static void addUnspaced(Collection<String> words, int[] codePoints, int start, int end, boolean singles) {
        var characters = new ArrayList<String>();
        for (int from = start, to; from < end; from = to) {
            to = from + 1;
            while (to < end && isMark(codePoints[to])) {
                to++;
            }
            characters.add(new String(codePoints, from, to - from));
        }
        var isOne = characters.size() == 1;
        for (int i = 0; i < characters.size(); i++) {
            if (singles || isOne) {
                words.add(characters.get(i));
            }
            if (i + 1 < characters.size()) {
                words.add(characters.get(i) + characters.get(i + 1));
            }
        }
    }

    private static boolean isMark(int codePoint) {
        var type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /// Scripts that set no spaces between words, and Hangul, which sets them between words with their particles.
    private static boolean isUnspaced(int codePoint) {
        return codePoint > 0x7F
                && switch (Character.UnicodeScript.of(codePoint)) {
                    case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
                    default -> codePoint == PROLONGED_SOUND_MARK || codePoint == ITERATION_MARK;
                };
    }
}
