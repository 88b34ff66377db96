package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.PlainBody;

/**
 * A text that the service takes as HTML, where it is new. Plain text is sent as HTML: its line breaks would be lost,
 * and so would what stands in angle brackets.
 */
public final class BodyType extends TextType {

    BodyType() {
        super(Integer.MAX_VALUE, true);
    }

    @Override
    public Object repair(Object given) {
        Object text = super.repair(given);
        return text instanceof String body ? PlainBody.asHtml(body) : text;
    }
}
