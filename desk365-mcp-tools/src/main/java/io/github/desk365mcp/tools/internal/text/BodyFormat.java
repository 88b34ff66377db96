package io.github.desk365mcp.tools.internal.text;

import java.util.stream.Stream;

/** The format in which a model reads text that the service stores as HTML. */
public enum BodyFormat {
    /** Plain text; in a conversation, quoted history is folded. */
    TEXT,
    /** Markdown, with quoted history. */
    MARKDOWN,
    /** The service's HTML. */
    HTML;

    public static String[] words() {
        return Stream.of(values()).map(BodyFormat::word).toArray(String[]::new);
    }

    public static BodyFormat named(String word) {
        return valueOf(Ascii.upper(word));
    }

    public String word() {
        return Ascii.lower(name());
    }
}
