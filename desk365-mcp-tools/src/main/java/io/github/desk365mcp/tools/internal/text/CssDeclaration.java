package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One property of a style and its value, both in lower case. Shorthands are expanded, and declarations that a browser would
 * ignore are left out.
 */
record CssDeclaration(String property, String value, boolean important) {

    /** A valid value that depends on something unknown. */
    static final String UNKNOWN = "?";

    private static final String IMPORTANT = "important";

    /** Parses the declarations of a style attribute or of a rule's block, in order. */
    static List<CssDeclaration> parse(String block) {
        List<CssDeclaration> declarations = new ArrayList<>();
        CssScanner css = new CssScanner(block);
        while (!css.isAtEnd()) {
            css.skipBlanks();
            String text = css.until(";{");
            if (!css.isAtEnd() && css.peek() == '{') {
                // A nested rule, whose properties do not belong to this one.
                css.skip(1);
                css.until("}");
            } else {
                declaration(text, declarations);
            }
            css.skip(1);
        }
        return declarations;
    }

    private static void declaration(String text, List<CssDeclaration> declarations) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return;
        }
        String property = Ascii.lower(CssScanner.decode(text.substring(0, colon)));
        String value = collapse(text.substring(colon + 1));
        int mark = value.lastIndexOf('!');
        boolean important = mark >= 0 && Ascii.isSame(CssScanner.decode(value.substring(mark + 1)), IMPORTANT);
        if (important) {
            value = value.substring(0, mark).strip();
        } else if (mark >= 0 && value.indexOf('(') < 0 && value.indexOf('"') < 0 && value.indexOf('\'') < 0) {
            return;
        }
        String decoded = Ascii.lower(decode(value));
        if (decoded.isEmpty()) {
            return;
        }
        BiConsumer<String, String> sink =
                (longhand, given) -> declarations.add(new CssDeclaration(longhand, given, important));
        CssProperties.expand(property, decoded, sink);
    }

    /** Decodes escapes, but keeps quotes around a whole value. */
    private static String decode(String value) {
        return value.indexOf('\\') < 0 ? value : CssScanner.decode(" " + value);
    }

    private static String collapse(String text) {
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (!CssScanner.isBlank(letter)) {
                value.append(letter);
            } else if (!value.isEmpty() && value.charAt(value.length() - 1) != ' ') {
                value.append(' ');
            }
        }
        return value.toString().strip();
    }
}
