package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What two texts can have in common: runs of six words, e-mail addresses, and numbers and identifiers of six or more
 * characters. Case, punctuation and invisible characters make no difference. A run of short words is left out, because
 * everybody writes "let me know if you do".
 */
public final class Passages {

    private static final int RUN = 6;
    private static final int LEAST_LETTERS = 20;
    private static final int LEAST_IDENTIFIER = 6;
    private static final int LEAST_DIGITS = 5;
    private static final int AROUND = 30;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern NUMBER = Pattern.compile("\\+?\\d+(?:(?:[ .,'/-]| ?\\(|\\) ?)\\d+){0,9}");
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@/+-]*");
    private static final Pattern ADDRESS = Pattern.compile("[^@]+@[^@]+\\.[^@.]+");
    private static final Pattern DATE =
            Pattern.compile("\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}(?:[ T]\\d.*)?|\\d{1,2}[-./] ?\\d{1,2}[-./] ?\\d{2,4}");

    private final String text;
    private final Map<String, Part> runs = new LinkedHashMap<>();
    private final Map<String, Part> identifiers = new LinkedHashMap<>();

    /** A part of the text, by its first and last positions. */
    private record Part(int start, int end) {}

    private record Word(String folded, int start, int end) {

        long letters() {
            return folded.codePoints().filter(Character::isLetter).count();
        }
    }

    private Passages(String text) {
        this.text = text;
        findRuns();
        findIdentifiers();
    }

    /** Reads a text that may be HTML. */
    public static Passages of(String text) {
        return new Passages(ComparableText.of(text).words());
    }

    private void findRuns() {
        List<Word> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(new Word(folded(word.group()), word.start(), word.end()));
        }
        for (int first = 0; first + RUN <= words.size(); first++) {
            List<Word> run = words.subList(first, first + RUN);
            if (run.stream().mapToLong(Word::letters).sum() >= LEAST_LETTERS) {
                runs.putIfAbsent(
                        String.join(" ", run.stream().map(Word::folded).toList()),
                        new Part(run.get(0).start(), run.get(RUN - 1).end()));
            }
        }
    }

    private void findIdentifiers() {
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String name = token.group().replaceAll("[._@/+-]+$", "");
            boolean isMixed =
                    name.chars().anyMatch(Character::isDigit) && name.chars().anyMatch(Character::isLetter);
            if (name.length() >= LEAST_IDENTIFIER
                    && !DATE.matcher(name).matches()
                    && (isMixed || ADDRESS.matcher(name).matches())) {
                identifiers.putIfAbsent(folded(name), new Part(token.start(), token.start() + name.length()));
            }
        }
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            String digits = number.group().replaceAll("[^0-9]", "");
            if (number.group().length() >= LEAST_IDENTIFIER
                    && digits.length() >= LEAST_DIGITS
                    && !DATE.matcher(number.group()).matches()) {
                identifiers.putIfAbsent(digits, new Part(number.start(), number.end()));
            }
        }
    }

    /** Ignores the case of all letters: nothing is looked up or sent by the result. */
    private static String folded(String word) {
        return word.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The runs of words that both texts have. */
    public Set<String> sharedRuns(Passages other) {
        Set<String> shared = new HashSet<>(runs.keySet());
        shared.retainAll(other.runs.keySet());
        return shared;
    }

    /** The numbers, identifiers and addresses that both texts have. */
    public Set<String> sharedIdentifiers(Passages other) {
        Set<String> shared = new HashSet<>(identifiers.keySet());
        shared.retainAll(other.identifiers.keySet());
        return shared;
    }

    /** Returns the first of these passages as it is in this text, as far as they follow one another. */
    public String quote(Set<String> passages, int most) {
        Part all = null;
        for (Part part : parts(passages)) {
            if (all == null) {
                all = part;
            } else if (part.start() <= all.end()) {
                all = new Part(all.start(), Math.max(all.end(), part.end()));
            }
        }
        return all == null ? "" : Text.cut(text.substring(all.start(), all.end()), most);
    }

    /** Returns {@link #quote} with a few words before and after it. */
    public String quoteInContext(Set<String> passages, int most) {
        String quote = quote(passages, most);
        int start = quote.isEmpty() ? 0 : parts(passages).get(0).start();
        int from = text.lastIndexOf(' ', Math.max(0, start - AROUND)) + 1;
        int to = text.indexOf(' ', Math.min(text.length(), start + quote.length() + AROUND));
        return (from > 0 ? "…" : "")
                + Text.cut(text.substring(Math.min(from, start), to < 0 ? text.length() : to), most + 2 * AROUND)
                + (to < 0 ? "" : "…");
    }

    private List<Part> parts(Set<String> passages) {
        Map<String, Part> all = new HashMap<>(runs);
        all.putAll(identifiers);
        return passages.stream()
                .filter(all::containsKey)
                .map(all::get)
                .sorted(Comparator.comparingInt(Part::start))
                .toList();
    }
}
