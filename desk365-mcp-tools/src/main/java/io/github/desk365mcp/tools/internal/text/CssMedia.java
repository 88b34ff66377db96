package io.github.desk365mcp.tools.internal.text;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Evaluates media queries for a screen with a window of 1,000 by 800 pixels and light colors. */
final class CssMedia {

    private static final double WIDTH = 1_000;
    private static final double HEIGHT = 800;

    private static final Set<String> OTHER_MEDIA =
            Set.of("print", "speech", "aural", "braille", "embossed", "handheld", "projection", "tty", "tv");

    private static final Pattern SIZE =
            Pattern.compile("\\(\\s?(min-|max-)?(?:device-)?(width|height)\\s?:([^()]*)\\)");
    private static final Pattern SCHEME = Pattern.compile("\\(\\s?prefers-color-scheme\\s?:\\s?(\\w+)\\s?\\)");
    private static final Pattern ORIENTATION = Pattern.compile("\\(\\s?orientation\\s?:\\s?(\\w+)\\s?\\)");

    private CssMedia() {}

    /** Whether a list of media queries applies; an empty list does. */
    static CssTruth applies(String queries) {
        String list = Ascii.lower(queries.strip());
        if (list.isEmpty()) {
            return CssTruth.YES;
        }
        CssTruth any = CssTruth.NO;
        for (String query : CssValue.split(list, ",")) {
            any = any.or(query(query.strip()));
        }
        return any;
    }

    private static CssTruth query(String query) {
        List<String> words = CssValue.split(query, " \t\n\r\f");
        boolean negated = !words.isEmpty() && words.get(0).equals("not");
        CssTruth all = CssTruth.YES;
        for (String word : words) {
            switch (word) {
                case "not", "only", "and", "all", "screen" -> {}
                case "or" -> all = all.and(CssTruth.MAYBE);
                default ->
                    all = all.and(
                            word.startsWith("(")
                                    ? feature(word)
                                    : CssTruth.of(!OTHER_MEDIA.contains(word))
                                            .and(word.matches("[a-z]+") ? CssTruth.NO : CssTruth.MAYBE));
            }
        }
        return negated ? all.not() : all;
    }

    private static CssTruth feature(String feature) {
        Matcher size = SIZE.matcher(feature);
        if (size.matches()) {
            double pixels = CssValue.pixels(size.group(3).strip(), 16, 16, Double.NaN);
            double window = size.group(2).equals("width") ? WIDTH : HEIGHT;
            return Double.isNaN(pixels)
                    ? CssTruth.MAYBE
                    : CssTruth.of(
                            size.group(1) == null
                                    ? window == pixels
                                    : size.group(1).equals("min-") ? window >= pixels : window <= pixels);
        }
        Matcher scheme = SCHEME.matcher(feature);
        if (scheme.matches()) {
            return CssTruth.of(scheme.group(1).equals("light"));
        }
        Matcher orientation = ORIENTATION.matcher(feature);
        return orientation.matches() ? CssTruth.of(orientation.group(1).equals("landscape")) : CssTruth.MAYBE;
    }
}
