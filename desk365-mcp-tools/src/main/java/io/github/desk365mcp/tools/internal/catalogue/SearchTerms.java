package io.github.desk365mcp.tools.internal.catalogue;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a text may match the words of a search. How the service reduces words to stems is unknown. */
final class SearchTerms {

    /** Endings of words change with their form, presumably not their first letters. */
    private static final int STEM = 3;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}+");

    private SearchTerms() {}

    /**
     * Returns false only if the text certainly does not match, because it lacks the beginning of a word; null if the
     * words or the text cannot be compared.
     */
    static @Nullable Boolean mayMatch(String words, @Nullable Object text) {
        if (text == null || text instanceof String blank && blank.isBlank()) {
            return false;
        }
        String letters = folded(String.valueOf(text));
        Boolean result = null;
        for (String word : NO_WORD.split(folded(words))) {
            if (word.isEmpty()) {
                continue;
            }
            boolean isNumber = word.chars().allMatch(Character::isDigit);
            if (!word.codePoints().allMatch(SearchTerms::isSpaced)) {
                continue;
            }
            String stem = isNumber ? word : word.substring(0, Math.min(STEM, word.length()));
            if (!letters.contains(stem)) {
                return false;
            }
            result = true;
        }
        return result;
    }

    /** Whether the letter is of a script with spaces between words; how the service splits other texts is unknown. */
    private static boolean isSpaced(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case LATIN, GREEK, CYRILLIC, COMMON -> true;
            default -> false;
        };
    }

    private static String folded(String text) {
        String plain = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("");
        // Folds all of Unicode: this can only keep more rows.
        return plain.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
