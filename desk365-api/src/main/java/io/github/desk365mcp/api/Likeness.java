package io.github.desk365mcp.api;

import java.text.Normalizer;
import java.util.List;
import java.util.function.IntPredicate;

/** How much a value in a response must be like the one in the request. */
enum Likeness {
    /** A name, an address or a number. */
    NAME,
    /** A text, whose markup and white space the service may change. */
    TEXT,
    /** A text that the service may also extend. */
    MAIL;

    /**
     * How many letters of a mail must be found at the beginning or end of a longer one. The service may add a signature
     * or the earlier messages; nothing can be said about shorter texts.
     */
    private static final int TELLING = 20;

    /**
     * How many characters the service keeps at least if it clips a text. Whether it does is unknown; subjects of up to 117
     * characters were seen. The margin is for markup and spaces, which it may change.
     */
    private static final int CLIPPED = 100;

    /** No character before it is composed into another one. */
    private static final int FIRST_SIGN = 0x0340;

    /** Whether one of the requested values is like one of those in the response. */
    boolean holds(List<String> asked, List<String> answered) {
        return asked.stream()
                .anyMatch(one ->
                        answered.stream().anyMatch(other -> this == NAME ? isSame(one, other) : agree(one, other)));
    }

    static boolean hasLetters(String html) {
        return !letters(html).isEmpty();
    }

    private static boolean isSame(String asked, String answered) {
        return asked.equals(answered) || folded(asked).equals(folded(answered));
    }

    /**
     * Ignores case. A letter that only looks like the lower case of another, such as the Kelvin sign, stays; in
     * addresses, only ASCII letters are folded.
     */
    private static String folded(String text) {
        String plain = HtmlText.unescaped(text).replaceAll("(?U)\\s+", " ").strip();
        if (plain.matches("-?\\d+\\.0+")) {
            return plain.substring(0, plain.indexOf('.'));
        }
        boolean isAddress = plain.contains("@");
        boolean isComposed = isAddress || plain.codePoints().anyMatch(Likeness::isSign);
        return (isComposed ? plain : Normalizer.normalize(plain, Normalizer.Form.NFC))
                .codePoints()
                .map(point -> isAddress && point >= 128 ? point : lower(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether a character would be composed into a letter that it only looks like. */
    private static boolean isSign(int point) {
        String sign = Character.toString(point);
        String composed = point < FIRST_SIGN ? sign : Normalizer.normalize(sign, Normalizer.Form.NFC);
        return !composed.equals(sign) && composed.codePointCount(0, composed.length()) == 1;
    }

    private static int lower(int point) {
        int lower = Character.toLowerCase(point);
        return Character.toUpperCase(lower) == point ? lower : point;
    }

    /** Whether two texts have the same letters and digits, as far as the service did not clip or extend the text. */
    private boolean agree(String asked, String answered) {
        String a = letters(asked);
        String b = letters(answered);
        if (a.isEmpty() && b.isEmpty()) {
            return symbols(asked).equals(symbols(answered));
        }
        return a.equals(b)
                || !b.isEmpty()
                        && a.startsWith(b)
                        && HtmlText.of(answered).strip().length() >= CLIPPED
                || this == MAIL && a.length() >= TELLING && (b.startsWith(a) || b.endsWith(a));
    }

    /** Returns the letters, their accents, and the digits, because all else can be written in many ways. */
    private static String letters(String html) {
        return kept(html, point -> Character.isLetterOrDigit(point) || isAccent(point));
    }

    /** Returns what identifies a text without letters. */
    private static String symbols(String html) {
        return kept(
                html, point -> !Character.isWhitespace(point) && !Character.isSpaceChar(point) && !isSelector(point));
    }

    private static String kept(String html, IntPredicate isKept) {
        return Normalizer.normalize(HtmlText.of(html), Normalizer.Form.NFC)
                .codePoints()
                .filter(isKept)
                .map(Likeness::lower)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAccent(int point) {
        int type = Character.getType(point);
        return (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK) && !isSelector(point);
    }

    /** Variation selectors choose the look of a character. */
    private static boolean isSelector(int point) {
        return point >= 0xFE00 && point <= 0xFE0F || point >= 0xE0100 && point <= 0xE01EF;
    }
}
