package io.github.desk365mcp.tools.internal.text;

import java.util.Arrays;

/**
 * A text in the form in which passages are compared: without invisible characters, with each run of white space as one
 * space, and with plain quotation marks and hyphens. Every other character stays as it is.
 */
final class FoldedText {

    private static final int FIRST_SIZE = 64;

    private final StringBuilder text = new StringBuilder();

    /** The letter of the body that each character is; -1 if it is a space or a mark. */
    private int[] letters = new int[FIRST_SIZE];

    /** Folds a text that belongs to no body. */
    static FoldedText of(String text) {
        FoldedText folded = new FoldedText();
        for (int i = 0; i < text.length(); i++) {
            folded.add(text, i, -1);
        }
        return folded;
    }

    /**
     * Adds a character.
     *
     * @param letter the letter of the body that it is; -1 if it is a mark
     */
    void add(String from, int index, int letter) {
        char one = from.charAt(index);
        if (isSpace(one)) {
            space();
        } else if (!isInvisible(from, index)) {
            put(folded(one), letter);
        }
    }

    void space() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
            put(' ', -1);
        }
    }

    /** Removes a space at the end. */
    void endSpace() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
    }

    private void put(char one, int letter) {
        if (text.length() == letters.length) {
            letters = Arrays.copyOf(letters, 2 * letters.length);
        }
        letters[text.length()] = letter;
        text.append(one);
    }

    int letter(int index) {
        return letters[index];
    }

    char charAt(int index) {
        return text.charAt(index);
    }

    int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** No character outside of the basic plane is a space. */
    static boolean isSpace(char letter) {
        return Character.isWhitespace(letter) || Character.isSpaceChar(letter);
    }

    static boolean isInvisible(String text, int index) {
        char one = text.charAt(index);
        int from = Character.isLowSurrogate(one) && index > 0 && Character.isHighSurrogate(text.charAt(index - 1))
                ? index - 1
                : index;
        return Invisible.isOften(text.codePointAt(from));
    }

    private static char folded(char one) {
        return switch (one) {
            case '\u2018', '\u2019', '\u201A', '\u201B', '\u2032' -> '\'';
            case '\u201C', '\u201D', '\u201E', '\u201F', '\u2033', '\u00AB', '\u00BB' -> '"';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> '-';
            default -> one;
        };
    }
}
