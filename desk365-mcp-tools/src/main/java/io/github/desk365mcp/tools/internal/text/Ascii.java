package io.github.desk365mcp.tools.internal.text;

/**
 * Words in any case, of the letters A to Z alone. Java's own methods fold all of Unicode: for them the dotless
 * {@code ı} and the Kelvin sign are the letters that they look like, so a stranger's address would pass for a known one.
 */
public final class Ascii {

    private static final int DISTANCE = 'a' - 'A';

    private Ascii() {}

    /** The text with a to z for A to Z; in one pass, and of the same length. */
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

    /** The text with A to Z for a to z. */
    static String upper(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] >= 'a' && letters[i] <= 'z') {
                letters[i] -= DISTANCE;
            }
        }
        return new String(letters);
    }

    /** Whether the two differ in the case of ASCII letters at the most. */
    public static boolean isSame(String one, String other) {
        return one.length() == other.length() && startsWith(one, other);
    }

    /** Whether the text begins so, in any case of ASCII letters. */
    public static boolean startsWith(String text, String beginning) {
        return isAt(text, 0, beginning);
    }

    /** Whether this stands there in the text, in any case of ASCII letters. */
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

    /** Whether there is no other character in it. */
    public static boolean isAll(String text) {
        return text.chars().allMatch(letter -> letter < 0x80);
    }

    private static char lower(char letter) {
        return letter >= 'A' && letter <= 'Z' ? (char) (letter + DISTANCE) : letter;
    }
}
