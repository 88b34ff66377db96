package io.github.desk365mcp.tools.internal.text;

import java.text.Normalizer;

/**
 * The usual form of a name: composed (NFC), with single blanks, and without HTML character references. Two names with
 * the same form look the same, so they are compared and sent in this form.
 */
public final class NameForm {

    /** Longer texts are not treated as names. */
    private static final int LONGEST = 4_096;

    /** No character before it is composed into another one. */
    private static final int FIRST_SIGN = 0x0340;

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
        String composed = composed(CharacterReferences.decode(name));
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

    /**
     * Returns the usual form of a file name. Runs of blanks stay, and so do line breaks, which cause a refusal later.
     */
    public static String ofFile(String name) {
        if (isPlain(name) || name.length() > LONGEST) {
            return name;
        }
        StringBuilder form = new StringBuilder();
        composed(CharacterReferences.decode(name))
                .codePoints()
                .map(point -> Character.getType(point) == Character.SPACE_SEPARATOR ? ' ' : point)
                .forEach(form::appendCodePoint);
        int from = 0;
        int to = form.length();
        while (from < to && form.charAt(from) == ' ') {
            from++;
        }
        while (from < to && form.charAt(to - 1) == ' ') {
            to--;
        }
        return form.substring(from, to);
    }

    /**
     * Composes letters with their marks. Unlike NFC, it keeps signs that only look like a letter, such as the Kelvin
     * sign: nothing decomposes a letter into them, and they are used to forge names.
     */
    private static String composed(String text) {
        StringBuilder composed = new StringBuilder(text.length());
        StringBuilder run = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point >= FIRST_SIGN && isSign(point)) {
                composed.append(Normalizer.normalize(run, Normalizer.Form.NFC)).appendCodePoint(point);
                run.setLength(0);
            } else {
                run.appendCodePoint(point);
            }
        });
        return composed.append(Normalizer.normalize(run, Normalizer.Form.NFC)).toString();
    }

    private static boolean isSign(int point) {
        String sign = Character.toString(point);
        String other = Normalizer.normalize(sign, Normalizer.Form.NFC);
        return !other.equals(sign) && other.codePointCount(0, other.length()) == 1;
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    /** Whether a name is certainly in its usual form. */
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
