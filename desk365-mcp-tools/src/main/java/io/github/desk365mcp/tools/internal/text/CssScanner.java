package io.github.desk365mcp.tools.internal.text;

/**
 * Splits CSS as browsers do: comments separate words, strings and brackets hide delimiters, and anything that is not
 * closed extends to the end. It makes one pass and does not recurse.
 */
final class CssScanner {

    private static final int LONGEST_ESCAPE = 6;

    private final String css;
    private int at;

    CssScanner(String css) {
        this.css = css;
    }

    boolean isAtEnd() {
        return at >= css.length();
    }

    char peek() {
        return css.charAt(at);
    }

    void skip(int characters) {
        at += characters;
    }

    /** Skips blanks, comments and the marks that hide a style sheet from old browsers. */
    void skipBlanks() {
        while (!isAtEnd()) {
            if (css.startsWith("/*", at)) {
                skipComment();
            } else if (css.startsWith("<!--", at)) {
                at += 4;
            } else if (css.startsWith("-->", at)) {
                at += 3;
            } else if (isBlank(peek())) {
                at++;
            } else {
                return;
            }
        }
    }

    /**
     * Reads up to the first of these characters outside of strings, brackets and comments. The character itself is not
     * consumed. Comments become blanks; escapes stay.
     */
    String until(String stops) {
        StringBuilder text = new StringBuilder();
        StringBuilder closers = new StringBuilder();
        while (!isAtEnd()) {
            int plain = at;
            while (at < css.length() && isPlain(css.charAt(at))) {
                at++;
            }
            text.append(css, plain, at);
            if (isAtEnd()) {
                break;
            }
            char next = peek();
            if (closers.isEmpty() && stops.indexOf(next) >= 0) {
                break;
            }
            if (css.startsWith("/*", at)) {
                skipComment();
                text.append(' ');
            } else if (next == '\\') {
                text.append(css, at, Math.min(at + 2, css.length()));
                at += 2;
            } else if (next == '"' || next == '\'') {
                string(text, next);
            } else if (next == '(' && Ascii.isAt(css, at - 3, "url") && !startsString(at + 1)) {
                int end = css.indexOf(')', at);
                end = end < 0 ? css.length() : end + 1;
                text.append(css, at, end);
                at = end;
            } else {
                bracket(next, closers);
                text.append(next);
                at++;
            }
        }
        at = Math.min(at, css.length());
        return text.toString();
    }

    /** Whether a character has no meaning of its own and ends nothing that is read here. */
    private static boolean isPlain(char letter) {
        return letter >= 'a' && letter <= 'z'
                || letter >= 'A' && letter <= 'Z'
                || letter >= '0' && letter <= '9'
                || letter == ' '
                || letter == '-';
    }

    private static void bracket(char next, StringBuilder closers) {
        switch (next) {
            case '(' -> closers.append(')');
            case '[' -> closers.append(']');
            case '{' -> closers.append('}');
            default -> {
                int last = closers.length() - 1;
                if (last >= 0 && closers.charAt(last) == next) {
                    closers.setLength(last);
                }
            }
        }
    }

    private boolean startsString(int from) {
        int index = from;
        while (index < css.length() && isBlank(css.charAt(index))) {
            index++;
        }
        return index < css.length() && (css.charAt(index) == '"' || css.charAt(index) == '\'');
    }

    /** A string ends at its quote, or at the end of the line. */
    private void string(StringBuilder text, char quote) {
        int from = at++;
        while (!isAtEnd() && peek() != quote && peek() != '\n') {
            at += peek() == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, css.length());
        text.append(css, from, at);
    }

    private void skipComment() {
        int end = css.indexOf("*/", at + 2);
        at = end < 0 ? css.length() : end + 2;
    }

    /** Returns the text with escapes decoded and without quotes around it. */
    static String decode(String text) {
        String bare = text.strip();
        if (bare.length() > 1
                && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
                && bare.charAt(bare.length() - 1) == bare.charAt(0)) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (bare.indexOf('\\') < 0) {
            return bare;
        }
        StringBuilder decoded = new StringBuilder(bare.length());
        int index = 0;
        while (index < bare.length()) {
            char next = bare.charAt(index++);
            if (next != '\\') {
                decoded.append(next);
                continue;
            }
            int end = index;
            while (end < bare.length() && end - index < LONGEST_ESCAPE && Character.digit(bare.charAt(end), 16) >= 0) {
                end++;
            }
            if (end > index) {
                int point = Integer.parseInt(bare.substring(index, end), 16);
                decoded.appendCodePoint(point > 0 && Character.isValidCodePoint(point) ? point : 0xFFFD);
                index = end < bare.length() && isBlank(bare.charAt(end)) ? end + 1 : end;
            } else if (index < bare.length()) {
                decoded.append(bare.charAt(index++));
            }
        }
        return decoded.toString();
    }

    static boolean isBlank(char letter) {
        return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
    }
}
