package io.github.desk365mcp.tools.internal.text;

import java.util.stream.Stream;

/** In which form a model reads what the service keeps as HTML. */
public enum BodyFormat {
    /** Without markup; in a conversation, quoted history is folded. */
    TEXT,
    /** With emphasis and links as Markdown has them, and with the quoted history. */
    MARKDOWN,
    /** As the service has it. */
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
