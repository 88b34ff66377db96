package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.Effects;
import io.github.desk365mcp.tools.host.ErrorCodes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One row of the catalogue: everything that is promised and done by a tool. Made by {@link ToolBuilder} alone. */
public final class Tool {

    /** Every call e-mails a customer, or may. */
    static final Predicate<Arguments> ALWAYS = in -> true;

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

    private final String name;
    private final String shortName;
    private final Verb verb;
    private final String title;
    private final String purpose;
    private final String seeAlso;
    private final Set<String> tags;
    private final List<Param<?>> params;
    private final Answer answer;
    private final @Nullable Predicate<Arguments> mails;
    private final int calls;
    private final int reserved;
    private final boolean unverified;
    private final boolean restricted;
    private final String whenEmpty;
    private final String whenMissing;
    private final @Nullable Finder finder;
    private final boolean looksUp;
    private final @Nullable String reader;
    private final @Nullable String withoutFiles;
    private final Handler handler;

    Tool(ToolBuilder row, Answer answer, Handler handler) {
        this.name = row.name;
        this.shortName = row.shortName;
        this.verb = row.verb;
        this.title = row.title;
        this.purpose = row.description;
        this.seeAlso = row.seeAlso;
        this.tags = Collections.unmodifiableSet(new LinkedHashSet<>(row.tags));
        this.params = List.copyOf(row.params);
        this.answer = answer;
        this.mails = row.mails;
        this.calls = row.calls;
        this.reserved = row.reserved;
        this.unverified = row.unverified;
        this.restricted = row.restricted;
        this.whenEmpty = row.whenEmpty;
        this.whenMissing = row.whenMissing;
        this.finder = row.finder;
        this.looksUp = row.looksUp;
        this.reader = row.reader;
        this.withoutFiles = row.withoutFiles;
        this.handler = handler;
    }

    /** As it is listed in full. */
    public String name() {
        return name;
    }

    public String shortName() {
        return shortName;
    }

    /** Decides the annotations. */
    public Verb verb() {
        return verb;
    }

    public String title() {
        return title;
    }

    /** Returns what the tool does, and when to use another one instead. */
    public String description() {
        return seeAlso.isEmpty() ? purpose : purpose + " " + seeAlso;
    }

    /** Returns what the tool does, without references to other tools. */
    public String purpose() {
        return purpose;
    }

    String seeAlso() {
        return seeAlso;
    }

    /** The resource, and the resource with the method. */
    public Set<String> tags() {
        return tags;
    }

    public List<Param<?>> params() {
        return params;
    }

    public Answer answer() {
        return answer;
    }

    /** Which calls e-mail somebody outside, or may, or let them in on later mail; null if none does. */
    @Nullable
    public Predicate<Arguments> mails() {
        return mails;
    }

    /** How many calls of the rate limit it costs at the most. */
    public int calls() {
        return calls;
    }

    /** How many of them are taken before it begins. */
    public int reserved() {
        return reserved;
    }

    /** Whether the operation behind it is built by analogy. */
    public boolean unverified() {
        return unverified;
    }

    /** Whether the vendor must grant access first. */
    public boolean restricted() {
        return restricted;
    }

    /** What to try where a filtered list is empty. */
    public String whenEmpty() {
        return whenEmpty;
    }

    /** What to try where the record is not there. */
    public String whenMissing() {
        return whenMissing;
    }

    /** Finds again what a call made; null if nothing shows it. */
    @Nullable
    public Finder finder() {
        return finder;
    }

    /** The tool that reads what this one changes; null if it changes nothing that is there. */
    @Nullable
    public String reader() {
        return reader;
    }

    /** The tool that makes the same without files; null if this one sends none. */
    @Nullable
    public String withoutFiles() {
        return withoutFiles;
    }

    public Handler handler() {
        return handler;
    }

    /** The same row, to make another from it. */
    public ToolBuilder toBuilder() {
        return new ToolBuilder(this);
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

    /** Whether it only looks for what another call made. */
    public boolean looksUp() {
        return looksUp;
    }

    /** Whether anything shows what this call makes. */
    public boolean findsAgain(Call call) {
        return finder != null && finder.when().test(new Arguments(call));
    }

    /** A tool that takes the same, and only looks for what this call made; null if nothing shows it. */
    @Nullable
    public Tool lookUp(Call call, LostCall lost) {
        if (finder == null || !findsAgain(call)) {
            return null;
        }
        Finder known = finder;
        return toBuilder().looksUp(Answer.one(known.shape()), (desk, in) -> {
            JsonDocument found = known.search().find(desk, in, lost);
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

    /** The name alone. */
    @Override
    public String toString() {
        return name;
    }
}
