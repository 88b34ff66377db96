package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /** The ends of a token that are no part of its name. */
    private static final String MARKS = "._@/+-";

    private final String text;
    private final Map<String, Part> runs = new LinkedHashMap<>();
    private final Map<String, Part> identifiers = new LinkedHashMap<>();

    /** A part of the text, by its first and last positions. */
    private record Part(int start, int end) {}

    private record Word(String folded, int start, int end) {}

    /** The first words of the runs. */
    private final Set<String> firstWords = new HashSet<>();

    /** @param wanted the only passages to look for; null for all */
    private Passages(String text, @Nullable Passages wanted) {
        this.text = text;
        findRuns(wanted);
        findIdentifiers(wanted);
    }

    /** Reads a text that may be HTML. */
    public static Passages of(String text) {
        return new Passages(ComparableText.of(text).words(), null);
    }

    /** Returns those of these passages that another text has too, as they are there; it may be HTML. */
    public Passages in(String other) {
        return new Passages(ComparableText.of(other).words(), this);
    }

    private void findRuns(@Nullable Passages wanted) {
        List<Word> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(new Word(folded(word.group()), word.start(), word.end()));
        }
        for (int first = 0; first + RUN <= words.size(); first++) {
            String begin = words.get(first).folded();
            if (wanted == null || wanted.firstWords.contains(begin)) {
                List<Word> run = words.subList(first, first + RUN);
                String joined = String.join(" ", run.stream().map(Word::folded).toList());
                if (wanted == null ? hasLetters(joined) : wanted.runs.containsKey(joined)) {
                    firstWords.add(begin);
                    runs.putIfAbsent(
                            joined,
                            new Part(run.get(0).start(), run.get(RUN - 1).end()));
                }
            }
        }
    }

    private static boolean hasLetters(String run) {
        return run.codePoints().filter(Character::isLetter).limit(LEAST_LETTERS).count() == LEAST_LETTERS;
    }

    private void findIdentifiers(@Nullable Passages wanted) {
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            int end = token.end();
            while (end > token.start() && MARKS.indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            if (end - token.start() >= LEAST_IDENTIFIER) {
                String name = text.substring(token.start(), end);
                boolean isMixed = name.chars().anyMatch(Character::isDigit)
                        && name.chars().anyMatch(Character::isLetter);
                if ((isMixed || ADDRESS.matcher(name).matches())
                        && !DATE.matcher(name).matches()) {
                    add(folded(name), token.start(), end, wanted);
                }
            }
        }
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            if (number.end() - number.start() >= LEAST_IDENTIFIER) {
                String digits = number.group().replaceAll("[^0-9]", "");
                if (digits.length() >= LEAST_DIGITS
                        && !DATE.matcher(number.group()).matches()) {
                    add(digits, number.start(), number.end(), wanted);
                }
            }
        }
    }

    private void add(String identifier, int start, int end, @Nullable Passages wanted) {
        if (wanted == null || wanted.identifiers.containsKey(identifier)) {
            identifiers.putIfAbsent(identifier, new Part(start, end));
        }
    }

    /** Ignores the case of all letters: nothing is looked up or sent by the result. */
    private static String folded(String word) {
        int at = 0;
        while (at < word.length() && isFolded(word.charAt(at))) {
            at++;
        }
        return at == word.length() ? word : foldedByCodePoint(word);
    }

    private static boolean isFolded(char letter) {
        return Character.toLowerCase(letter) == letter && !Character.isSurrogate(letter);
    }

    private static String foldedByCodePoint(String word) {
        return word.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The runs of words. */
    public Set<String> runs() {
        return Collections.unmodifiableSet(runs.keySet());
    }

    /** The numbers, identifiers and addresses. */
    public Set<String> identifiers() {
        return Collections.unmodifiableSet(identifiers.keySet());
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
