package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.Effects;
import io.github.desk365mcp.tools.host.ErrorCodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One row of the catalogue: everything that is promised and done by a tool.
 *
 * @param verb decides the annotations
 * @param tags the resource, and the resource with the method
 * @param mails which calls e-mail somebody outside, or may, or let them in on later mail; null if none does
 * @param calls how many calls of the rate limit it costs at the most
 * @param reserved how many of them are taken before it begins
 * @param unverified whether the operation behind it is built by analogy
 * @param restricted whether the vendor must grant access first
 * @param whenEmpty what to try where a filtered list is empty
 * @param whenMissing what to try where the record is not there
 * @param finder finds again what a call made; null if nothing shows it
 */
public record Tool(
        String name,
        String shortName,
        Verb verb,
        String title,
        String description,
        Set<String> tags,
        List<Param<?>> params,
        Answer answer,
        @Nullable Predicate<Arguments> mails,
        int calls,
        int reserved,
        boolean unverified,
        boolean restricted,
        String whenEmpty,
        String whenMissing,
        @Nullable Finder finder,
        Handler handler) {

    /** Every call e-mails a customer, or may. */
    static final Predicate<Arguments> ALWAYS = in -> true;

    private static final String LOOK_UP = " (look up)";

    /** What a tool does to the helpdesk. */
    public enum Verb {
        LISTS,
        GETS,
        CREATES,
        UPDATES,
        DELETES;

        public boolean reads() {
            return this == LISTS || this == GETS;
        }
    }

    /** Does the work, with arguments that have been checked. */
    public interface Handler {

        /** What the tool's {@link Answer} converts. */
        Object handle(Desk365Client desk, Arguments in);
    }

    /**
     * Finds what an equal call made that got no answer.
     *
     * @param when for which calls; what others make cannot be read
     */
    public record Finder(RecordMapping shape, Search search, Predicate<Arguments> when) {

        /** Looks for it at the helpdesk. */
        public interface Search {

            /**
             * The record; null if it is surely not there.
             *
             * @param lost the call that may have made it
             * @throws RefusedException if what is there does not tell
             */
            @Nullable
            JsonDocument find(Desk365Client desk, Arguments in, LostCall lost);
        }
    }

    /** Whether a customer gets an e-mail by it, or may. */
    public boolean reachesCustomer() {
        return mails != null;
    }

    public boolean alwaysMails() {
        return mails == ALWAYS;
    }

    /** Whether this call e-mails somebody outside, or may, or lets them in on later mail. */
    public boolean mails(Call call) {
        return mails != null && mails.test(new Arguments(call));
    }

    /** As the hosted product groups its tools: by how the name begins. */
    public String group() {
        int end = name.indexOf('_');
        String first = name.substring(0, end);
        return switch (first) {
            case "desk" -> "custom";
            case "describe" -> "get";
            default -> first;
        };
    }

    /** For audits: {@code read}, {@code create}, {@code update} or {@code delete}. */
    public String effect() {
        return switch (verb) {
            case LISTS, GETS -> Effects.READ;
            case CREATES -> Effects.CREATE;
            case UPDATES -> Effects.UPDATE;
            case DELETES -> Effects.DELETE;
        };
    }

    @Nullable
    public Param<?> param(String argument) {
        for (Param<?> param : params) {
            if (param.name().equals(argument)) {
                return param;
            }
        }
        return null;
    }

    /** The same tool with other arguments. */
    public Tool withParams(List<Param<?>> others) {
        return new Tool(
                name,
                shortName,
                verb,
                title,
                description,
                tags,
                others,
                answer,
                mails,
                calls,
                reserved,
                unverified,
                restricted,
                whenEmpty,
                whenMissing,
                finder,
                handler);
    }

    /** Whether it only looks for what another call made. */
    public boolean looksUp() {
        return name.endsWith(LOOK_UP);
    }

    /** Whether anything shows what this call makes. */
    public boolean findsAgain(Call call) {
        return finder != null && finder.when().test(new Arguments(call));
    }

    /** A tool that takes the same, and only looks for what this call made; null if nothing shows it. */
    @Nullable
    public Tool lookUp(Call call, LostCall lost) {
        return finder == null || !findsAgain(call)
                ? null
                : new Tool(
                        name + LOOK_UP,
                        shortName,
                        Verb.GETS,
                        title,
                        description,
                        tags,
                        params,
                        Answer.one(finder.shape()),
                        null,
                        1,
                        1,
                        unverified,
                        restricted,
                        "",
                        "",
                        null,
                        (desk, in) -> {
                            JsonDocument found = finder.search().find(desk, in, lost);
                            if (found == null) {
                                throw new RefusedException(ErrorCodes.NOT_FOUND, "There is none.");
                            }
                            return found;
                        });
    }

    public List<Param<?>> identifiers() {
        return params.stream().filter(param -> !param.sources().isEmpty()).toList();
    }

    /** All four hints, each set on purpose: nothing is left to a host's defaults. */
    public Map<String, Object> annotations() {
        Map<String, Object> hints = new LinkedHashMap<>();
        hints.put("readOnlyHint", verb.reads());
        // A change that replaces what was there counts, as MCP defines it; adding does not.
        hints.put("destructiveHint", verb == Verb.UPDATES || verb == Verb.DELETES);
        hints.put("idempotentHint", verb != Verb.CREATES);
        // The helpdesk is a closed world until a customer is written to.
        hints.put("openWorldHint", reachesCustomer());
        return hints;
    }
}
