package io.github.desk365mcp.tools.internal.core;

import java.util.function.UnaryOperator;

/**
 * A name that accounts do not share a list of, such as a new one. Names of known records are brought into their usual
 * form by the account's vocabulary instead, which knows how the service writes them.
 */
public final class NameType extends TextType {

    private final UnaryOperator<String> form;

    NameType(int longest, UnaryOperator<String> form) {
        super(longest, true);
        this.form = form;
    }

    @Override
    public Object repair(Object given) {
        Object text = super.repair(given);
        return text instanceof String name ? form.apply(name) : text;
    }
}
