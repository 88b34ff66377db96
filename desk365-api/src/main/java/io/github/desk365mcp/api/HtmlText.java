package io.github.desk365mcp.api;

import java.util.List;

/** Reads the text of HTML, well enough to compare its letters. */
final class HtmlText {

    /** The names of the characters from U+00C0 to U+00FF in HTML. */
    private static final List<String> LATIN =
            List.of(("Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute"
                            + " Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash"
                            + " Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil"
                            + " egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml"
                            + " divide oslash ugrave uacute ucirc uuml yacute thorn yuml")
                    .split(" "));

    private static final int FIRST_LATIN = 0xC0;

    private HtmlText() {}

    /** Returns the text outside of tags, with characters for character references. */
    static String of(String html) {
        String unescaped = unescaped(html);
        StringBuilder text = new StringBuilder();
        int lastClosing = unescaped.lastIndexOf('>');
        for (int i = 0; i < unescaped.length(); i++) {
            char at = unescaped.charAt(i);
            if (at == '<' && i < lastClosing) {
                i = unescaped.indexOf('>', i);
            } else if (at == '&') {
                int end = endOfEntity(unescaped, i);
                text.append(end == i ? "&" : character(unescaped.substring(i + 1, end)));
                i = end;
            } else {
                text.append(at);
            }
        }
        return text.toString();
    }

    /** Returns the character that a reference names; a space if it is not known. */
    private static String character(String name) {
        if (name.matches("#\\d{1,7}|#[xX]\\p{XDigit}{1,6}")) {
            boolean isHex = Character.toLowerCase(name.charAt(1)) == 'x';
            int point = isHex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            return Character.isValidCodePoint(point) ? Character.toString(point) : " ";
        }
        int place = LATIN.indexOf(name);
        return place < 0 ? " " : Character.toString(FIRST_LATIN + place);
    }

    private static int endOfEntity(String text, int start) {
        int longest = Math.min(text.length(), start + 10);
        for (int i = start + 1; i < longest; i++) {
            char at = text.charAt(i);
            if (at == ';') {
                return i;
            }
            if (at != '#' && !Character.isLetterOrDigit(at)) {
                break;
            }
        }
        return start;
    }

    /** Replaces the references to the five characters that HTML escapes. A double escape stays escaped once. */
    static String unescaped(String text) {
        return text.indexOf('&') < 0
                ? text
                : text.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&");
    }
}
