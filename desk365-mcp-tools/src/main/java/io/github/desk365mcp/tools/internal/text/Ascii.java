package io.github.desk365mcp.tools.internal.text;

/**
 * Case-insensitive comparison of the letters A to Z only. Java's own methods fold all of Unicode, where the dotless
 * {@code ı} and the Kelvin sign equal the letters that they look like, so a forged address could equal a known one.
 */
public final class Ascii {

    private static final int DISTANCE = 'a' - 'A';

    private Ascii() {}

    /** Returns the text with A to Z in lower case; its length does not change. */
    public static String lower(String text) {
        char[] letters = null;
        for (int i = 0; i < text.length(); i++) {
            char lower = lower(text.charAt(i));
            if (lower != text.charAt(i)) {
                letters = letters == null ? text.toCharArray() : letters;
                letters[i] = lower;
            }
        }
        return letters == null ? text : new String(letters);
    }

    /** Returns the text with a to z in upper case. */
    static String upper(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] >= 'a' && letters[i] <= 'z') {
                letters[i] -= DISTANCE;
            }
        }
        return new String(letters);
    }

    /** Whether two texts are equal without regard to the case of ASCII letters. */
    public static boolean isSame(String one, String other) {
        return one.length() == other.length() && startsWith(one, other);
    }

    /** Whether the text starts with a prefix, without regard to the case of ASCII letters. */
    public static boolean startsWith(String text, String beginning) {
        return isAt(text, 0, beginning);
    }

    /** Whether the text has a part at an index, without regard to the case of ASCII letters. */
    static boolean isAt(String text, int index, String part) {
        if (text.length() - index < part.length()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            if (lower(text.charAt(index + i)) != lower(part.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether all characters are ASCII. */
    public static boolean isAll(String text) {
        return text.chars().allMatch(letter -> letter < 0x80);
    }

    private static char lower(char letter) {
        return letter >= 'A' && letter <= 'Z' ? (char) (letter + DISTANCE) : letter;
    }
}
