package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes filter values that say what is not wanted; the API's filters cannot exclude values. */
public final class Negation {

    private static final Pattern FORM = Pattern.compile("(?is)(?:(!=?|<>)|-|not[ _:-]+|no[nt]?[ _-]|un)\\s*(.+)");
    private static final List<String> STATUSES = List.of("Open", "Pending", "Resolved", "Closed");
    private static final Set<String> ENDED = Set.of("resolved", "closed", "archived");

    private Negation() {}

    /**
     * What to give instead of the first negated value; null if none is negated. A word that was only seen is no reason to
     * refuse one that looks like its negation: No Limits Ltd may be a company like Limits Ltd.
     */
    public static @Nullable String complaint(VocabularyKind topic, Object value, AccountVocabulary known) {
        if (topic == VocabularyKind.AGENT || topic == VocabularyKind.CONTACT) {
            // Any sign may be part of an address.
            return null;
        }
        boolean isAll = topic == VocabularyKind.STATUS || known.isGiven(topic);
        Set<String> all =
                new LinkedHashSet<>(topic == VocabularyKind.STATUS && !known.isGiven(topic) ? STATUSES : List.of());
        all.addAll(known.suggested(topic));
        List<String> words = List.copyOf(all);
        for (Object item : value instanceof List<?> list ? list : List.of(value)) {
            String text = String.valueOf(item).strip();
            Matcher form = FORM.matcher(text);
            boolean isSign = form.matches() && form.group(1) != null;
            String negated = negated(text, words);
            if (isSign && !isAny(text, words) || negated != null && isCertain(topic, negated, known)) {
                List<String> others = negated == null
                        ? words
                        : words.stream()
                                .filter(word -> isOther(topic, word, negated))
                                .toList();
                return "the values wanted; there is no negation"
                        + (others.isEmpty()
                                ? ""
                                : ": " + Text.brief(text) + " is " + (isAll ? "" : "among others ")
                                        + Text.brief(others));
            }
        }
        return null;
    }

    private static boolean isCertain(VocabularyKind topic, String word, AccountVocabulary known) {
        return known.isGiven(topic) || topic == VocabularyKind.STATUS && isAny(word, AccountVocabulary.USUAL_STATUSES);
    }

    /** The known word that the text negates; null if the text is itself a known word, or negates none. */
    public static @Nullable String negated(String text, List<String> known) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches() || isAny(text.strip(), known)) {
            return null;
        }
        String wanted = form.group(2).strip();
        return known.stream()
                .filter(word -> Ascii.isSame(word, wanted))
                .findFirst()
                .orElse(null);
    }

    private static boolean isAny(String text, List<String> known) {
        return known.stream().anyMatch(word -> Ascii.isSame(word, text));
    }

    /** Not resolved excludes all ended statuses, since a closed ticket is resolved too. */
    private static boolean isOther(VocabularyKind topic, String word, String negated) {
        return !word.equals(negated)
                && !(topic == VocabularyKind.STATUS
                        && Ascii.isSame(negated, "resolved")
                        && ENDED.contains(Ascii.lower(word)));
    }
}
