package io.github.desk365mcp.tools.internal.text;

import java.text.Normalizer;

/**
 * The usual form of a name: composed (NFC), with single blanks, and without HTML character references. Two names with
 * the same form look the same, so they are compared and sent in this form.
 */
public final class NameForm {

    /** Longer texts are no names. */
    private static final int LONGEST = 4_096;

    private NameForm() {}

    /** Whether two names look the same. */
    public static boolean isSame(String one, String other) {
        return of(one).equals(of(other));
    }

    /** Returns the name in its usual form. Letters are never replaced by others that only look alike. */
    public static String of(String name) {
        if (isPlain(name) || name.length() > LONGEST) {
            return name;
        }
        String composed = Normalizer.normalize(CharacterReferences.decode(name), Normalizer.Form.NFC);
        StringBuilder form = new StringBuilder(composed.length());
        composed.codePoints().forEach(point -> {
            if (!isBlank(point)) {
                form.appendCodePoint(point);
            } else if (form.length() > 0 && form.charAt(form.length() - 1) != ' ') {
                form.append(' ');
            }
        });
        int end = form.length();
        return form.substring(0, end > 0 && form.charAt(end - 1) == ' ' ? end - 1 : end);
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    /** Whether a name is in its usual form for certain. */
    private static boolean isPlain(String name) {
        char before = ' ';
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (letter < ' ' || letter > '~' || letter == '&' || letter == ' ' && before == ' ') {
                return false;
            }
            before = letter;
        }
        return before != ' ';
    }
}
