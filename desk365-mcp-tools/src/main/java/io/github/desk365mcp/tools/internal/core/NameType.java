package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.NameForm;

/**
 * A name that accounts do not share a list of, such as a new one. Names of known records are brought into their usual
 * form by the account's vocabulary instead, which knows how the service writes them.
 */
public final class NameType extends TextType {

    NameType(int longest) {
        super(longest, true);
    }

    @Override
    public Object repair(Object given) {
        Object text = super.repair(given);
        return text instanceof String name ? NameForm.of(name) : text;
    }
}
