package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.List;

/** A passage cannot be replaced; the message says why. */
public final class PassageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 300;

    /** Parts of the body that the message has in double quotes. */
    private final transient List<String> quotes;

    private PassageException(String message, List<String> quotes) {
        super(message);
        this.quotes = List.copyOf(quotes);
    }

    static PassageException of(String message) {
        return new PassageException(message, List.of());
    }

    static PassageException irregular() {
        return of("The HTML is too irregular to replace a passage in it; send the whole text.");
    }

    static PassageException missing(String given, String similar) {
        String near = Text.cut(similar, LONGEST);
        return new PassageException(
                "The text does not have old (" + Text.brief(given) + ")"
                        + (similar.isEmpty() ? "." : ". Similar: \"" + near + "\".")
                        + (PlainBody.isHtml(given) ? " Give old as read, without tags." : ""),
                similar.isEmpty() ? List.of() : List.of(near));
    }

    static PassageException repeated(String given, int count, List<String> places) {
        List<String> quotes = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (String place : places) {
            String near = Text.cut(place, LONGEST);
            quotes.add(near);
            all.append(all.isEmpty() ? " \"" : "; \"").append(near).append('"');
        }
        return new PassageException(
                "The text has old (" + Text.brief(given) + ") " + count + " times; give more of the text around it:"
                        + all + ".",
                quotes);
    }

    /** The parts of the body that the message quotes. */
    public List<String> quotes() {
        return quotes == null ? List.of() : quotes;
    }
}
