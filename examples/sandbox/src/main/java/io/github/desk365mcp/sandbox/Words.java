package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search text. It matches if all words occur, in any order and inflection. {@code "A phrase"} must occur literally,
 * and a star matches any letters before or after.
 */
final class Words {

    private static final Pattern TERM = Pattern.compile("\"([^\"]+)\"|(\\S+)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:[-'’.@_][\\p{L}\\p{N}]+)*");
    private static final List<String> ENDINGS = List.of("ing", "ed", "es", "s");

    private final List<String> phrases = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<String> stems = new ArrayList<>();

    Words(String query) {
        Matcher terms = TERM.matcher(query.toLowerCase(Locale.ROOT));
        while (terms.find()) {
            String phrase = terms.group(1);
            String word = terms.group(2);
            if (phrase != null) {
                phrases.add(phrase.strip());
            } else if (word.contains("*")) {
                patterns.add(pattern(word));
            } else {
                words(word).forEach(part -> stems.add(stem(part)));
            }
        }
    }

    boolean matches(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> words = words(lower);
        List<String> stemmed = words.stream().map(Words::stem).toList();
        return phrases.stream().allMatch(lower::contains)
                && patterns.stream()
                        .allMatch(pattern -> words.stream()
                                .anyMatch(word -> pattern.matcher(word).matches()))
                && stemmed.containsAll(stems);
    }

    private static Pattern pattern(String word) {
        StringBuilder regex = new StringBuilder();
        for (String part : word.split("(?=\\*)|(?<=\\*)", -1)) {
            regex.append(part.equals("*") ? ".*" : Pattern.quote(part));
        }
        return Pattern.compile(regex.toString());
    }

    /** Splits a text into words. A word with a hyphen or a dot inside is included as a whole and in parts. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher found = WORD.matcher(text);
        while (found.find()) {
            String whole = found.group();
            words.add(whole);
            String[] parts = whole.split("[-'’.@_]", -1);
            if (parts.length > 1) {
                words.addAll(List.of(parts));
            }
        }
        return words;
    }

    /** A simple stemmer, so that "dropping" finds "drops". */
    private static String stem(String word) {
        for (String ending : ENDINGS) {
            String stem = word.endsWith(ending) ? word.substring(0, word.length() - ending.length()) : "";
            if (stem.length() >= 3) {
                boolean doubled = stem.charAt(stem.length() - 1) == stem.charAt(stem.length() - 2);
                return doubled && !ending.endsWith("s") ? stem.substring(0, stem.length() - 1) : stem;
            }
        }
        return word;
    }
}
