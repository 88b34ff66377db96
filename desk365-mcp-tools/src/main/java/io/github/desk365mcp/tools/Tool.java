package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Desk365Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of the catalogue: everything that is promised and done by a tool.
 *
 * @param verb decides the annotations
 * @param tags the resource, and the resource with the method
 * @param reachesCustomer whether a customer gets an e-mail by it, or may
 * @param calls how many calls of the rate limit it costs
 * @param unverified whether the operation behind it is built by analogy
 * @param restricted whether the vendor must grant access first
 * @param whenEmpty what to try where a filtered list is empty
 * @param whenMissing what to try where the record is not there
 */
record Tool(
        String name,
        String shortName,
        Verb verb,
        String title,
        String description,
        Set<String> tags,
        List<Param<?>> params,
        Answer answer,
        boolean reachesCustomer,
        int calls,
        boolean unverified,
        boolean restricted,
        String whenEmpty,
        String whenMissing,
        Handler handler) {

    /** What a tool does to the helpdesk. */
    enum Verb {
        LISTS,
        GETS,
        CREATES,
        UPDATES,
        DELETES;

        boolean reads() {
            return this == LISTS || this == GETS;
        }
    }

    /** Does the work, with arguments that have been checked. */
    interface Handler {

        /** What the tool's {@link Answer} converts. */
        Object handle(Desk365Client desk, Arguments in);
    }

    /** As the hosted product groups its tools: by how the name begins. */
    String group() {
        int end = name.indexOf('_');
        String first = name.substring(0, end);
        return first.equals("desk") ? "custom" : first;
    }

    /** For audits: {@code read}, {@code create}, {@code update} or {@code delete}. */
    String effect() {
        return switch (verb) {
            case LISTS, GETS -> "read";
            case CREATES -> "create";
            case UPDATES -> "update";
            case DELETES -> "delete";
        };
    }

    @Nullable
    Param<?> param(String argument) {
        for (Param<?> param : params) {
            if (param.name().equals(argument)) {
                return param;
            }
        }
        return null;
    }

    /** The same tool with other arguments. */
    Tool withParams(List<Param<?>> others) {
        return new Tool(
                name,
                shortName,
                verb,
                title,
                description,
                tags,
                others,
                answer,
                reachesCustomer,
                calls,
                unverified,
                restricted,
                whenEmpty,
                whenMissing,
                handler);
    }

    List<Param<?>> identifiers() {
        return params.stream().filter(param -> !param.sources().isEmpty()).toList();
    }

    /** All four hints, each set on purpose: nothing is left to a host's defaults. */
    Map<String, Object> annotations() {
        Map<String, Object> hints = new LinkedHashMap<>();
        hints.put("readOnlyHint", verb.reads());
        // A change that replaces what was there counts, as MCP defines it; adding does not.
        hints.put("destructiveHint", verb == Verb.UPDATES || verb == Verb.DELETES);
        hints.put("idempotentHint", verb != Verb.CREATES);
        // The helpdesk is a closed world until a customer is written to.
        hints.put("openWorldHint", reachesCustomer);
        return hints;
    }
}
