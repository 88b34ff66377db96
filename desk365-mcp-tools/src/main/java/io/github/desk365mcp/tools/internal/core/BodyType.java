package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.PlainBody;

/**
 * A new text that the service reads as HTML. Plain text is converted to HTML, since it would otherwise lose its line
 * breaks and everything in angle brackets.
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
