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

/** One row of the catalogue: everything that defines a tool. Created by {@link ToolBuilder} only. */
public final class Tool {

    /** The argument of a message that also changes its ticket. */
    public static final String THEN = "then";

    /** Every call. */
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

    /** Executes the tool with validated arguments. */
    public interface Handler {

        /** Returns what the tool's {@link Answer} converts. */
        Object handle(Desk365Client desk, Arguments in);
    }

    /**
     * Finds what an equal call created that got no response.
     *
     * @param shape the mapping of the record
     * @param search looks for the record
     * @param when for which calls; what other calls create cannot be read
     */
    public record Finder(RecordMapping shape, Search search, Predicate<Arguments> when) {

        /** Looks for the record in the helpdesk. */
        public interface Search {

            /**
             * Returns the record; null if it certainly does not exist.
             *
             * @param lost the call that may have created it
             * @throws RefusedException if the existing records leave it open
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
    private final List<String> arguments;
    private final Answer answer;
    private final Map<String, Predicate<Arguments>> reach;
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
    private final @Nullable String one;
    private final Map<String, Object> fixed;
    private final Map<String, Object> defaults;
    private final Map<String, String> needs;
    private final @Nullable OwnRow own;
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
        this.arguments = params.stream().map(Param::name).toList();
        this.answer = answer;
        this.reach = Collections.unmodifiableMap(new LinkedHashMap<>(row.reach));
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
        this.one = row.one;
        this.fixed = Collections.unmodifiableMap(new LinkedHashMap<>(row.fixed));
        this.defaults = Collections.unmodifiableMap(new LinkedHashMap<>(row.defaults));
        this.needs = Collections.unmodifiableMap(new LinkedHashMap<>(row.needs));
        this.own = row.own;
        this.handler = handler;
    }

    /** The full name. */
    public String name() {
        return name;
    }

    public String shortName() {
        return shortName;
    }

    /** What the tool does; determines the annotations. */
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

    /** The names of {@link #params}. */
    public List<String> arguments() {
        return arguments;
    }

    /** The arguments that a call may have: all except those that the operator has fixed. */
    public List<Param<?>> open() {
        return fixed.isEmpty()
                ? params
                : params.stream()
                        .filter(param -> !fixed.containsKey(param.name()))
                        .toList();
    }

    /** The values that the operator has set for every call, by argument. */
    public Map<String, Object> fixed() {
        return fixed;
    }

    /** The values that the operator has set for calls that leave an argument out. */
    public Map<String, Object> defaults() {
        return defaults;
    }

    /** The full names of tools that callers must have for an argument to be offered to them, by argument. */
    public Map<String, String> needs() {
        return needs;
    }

    /** Whether its calls can also change the ticket of their message; a host's own tool may have an argument of that name. */
    public boolean hasFollowUp() {
        return needs.containsKey(THEN) && param(THEN) != null;
    }

    /**
     * Returns the tool without the arguments that need a tool which is not among these.
     *
     * @param tools full names
     */
    public Tool among(Set<String> tools) {
        if (needs.isEmpty() || tools.containsAll(needs.values())) {
            return this;
        }
        Predicate<String> isOffered = argument -> {
            String needed = needs.get(argument);
            return needed == null || tools.contains(needed);
        };
        return toBuilder()
                .takesOnly(params.stream()
                        .filter(param -> isOffered.test(param.name()))
                        .toList())
                .fixed(offered(fixed, isOffered))
                .defaults(offered(defaults, isOffered))
                .build();
    }

    private static Map<String, Object> offered(Map<String, Object> values, Predicate<String> isOffered) {
        Map<String, Object> offered = new LinkedHashMap<>(values);
        offered.keySet().removeIf(isOffered.negate());
        return offered;
    }

    public Answer answer() {
        return answer;
    }

    /** The host's own tool that this is; null for a tool of the catalogue. */
    @Nullable
    public OwnRow own() {
        return own;
    }

    /** Which calls reach somebody outside, by {@link Effects#MAIL} and {@link Effects#PUBLISH}. */
    Map<String, Predicate<Arguments>> reach() {
        return reach;
    }

    /** The maximum number of calls of the rate limit that it costs. */
    public int calls() {
        return calls;
    }

    /** How many of these calls are taken before it begins. */
    public int reserved() {
        return reserved;
    }

    /** Whether its operation is inferred by analogy. */
    public boolean unverified() {
        return unverified;
    }

    /** Whether the vendor must first grant access. */
    public boolean restricted() {
        return restricted;
    }

    /** What to try if a filtered list is empty. */
    public String whenEmpty() {
        return whenEmpty;
    }

    /** What to try if the record does not exist. */
    public String whenMissing() {
        return whenMissing;
    }

    /** Finds what a lost call created; null if that cannot be found. */
    @Nullable
    public Finder finder() {
        return finder;
    }

    /** The tool that reads what this one changes or deletes, for previews; null if there is none. */
    @Nullable
    public String reader() {
        return reader;
    }

    /** The tool that creates the same without files; null if this one sends none. */
    @Nullable
    public String withoutFiles() {
        return withoutFiles;
    }

    /** The full name of the tool that does the same to one record; null if this one is not for many. */
    @Nullable
    public String one() {
        return one;
    }

    public Handler handler() {
        return handler;
    }

    /** A builder with the values of this tool. */
    public ToolBuilder toBuilder() {
        return new ToolBuilder(this);
    }

    /** Whether some of its calls reach somebody outside: by mail, later mail or the knowledge base. */
    public boolean reachesCustomer() {
        return !reach.isEmpty();
    }

    /** Whether some of its calls e-mail an outsider, may e-mail one, or give one access to later mail. */
    public boolean canMail() {
        return reach.containsKey(Effects.MAIL);
    }

    public boolean alwaysMails() {
        return reach.get(Effects.MAIL) == ALWAYS;
    }

    /** How some of its calls reach somebody outside: {@link Effects#MAIL}, {@link Effects#PUBLISH}. */
    public Set<String> possibleReach() {
        return reach.keySet();
    }

    /** How all of its calls reach somebody outside. */
    public Set<String> certainReach() {
        return reachIf(calls -> calls == ALWAYS);
    }

    /** How this call reaches somebody outside. */
    public Set<String> reach(Call call) {
        return reachIf(calls -> calls.test(new Arguments(call)));
    }

    private Set<String> reachIf(Predicate<Predicate<Arguments>> condition) {
        Set<String> effects = new LinkedHashSet<>();
        reach.forEach((effect, calls) -> {
            if (condition.test(calls)) {
                effects.add(effect);
            }
        });
        return effects;
    }

    /**
     * The group of the tool in the hosted product, which is the first word of its name. A tool for many records is in the
     * group of the tool for one.
     */
    public String group() {
        if (own != null) {
            return "custom";
        }
        String named = one == null ? name : one;
        String first = named.substring(0, named.indexOf('_'));
        return switch (first) {
            case "desk" -> "custom";
            case "describe" -> "get";
            default -> first;
        };
    }

    /** One of {@link Effects}. */
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

    /** Whether it only looks for what another call created. */
    public boolean looksUp() {
        return looksUp;
    }

    /** Whether what this call creates can be found. */
    public boolean findsAgain(Call call) {
        return finder != null && finder.when().test(new Arguments(call));
    }

    /** A tool with the same arguments that only looks for what this call created; null if that cannot be found. */
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

    /** All four hints, set explicitly, so that nothing depends on a host's defaults. */
    public Map<String, Object> annotations() {
        Map<String, Object> hints = new LinkedHashMap<>();
        hints.put("readOnlyHint", verb.reads());
        // As MCP defines it, replacing existing values is destructive; adding is not.
        hints.put("destructiveHint", verb == Verb.UPDATES || verb == Verb.DELETES || hasFollowUp());
        hints.put("idempotentHint", verb != Verb.CREATES);
        // The helpdesk is a closed world unless a call reaches a customer.
        hints.put("openWorldHint", reachesCustomer());
        return hints;
    }

    @Override
    public String toString() {
        return name;
    }
}
