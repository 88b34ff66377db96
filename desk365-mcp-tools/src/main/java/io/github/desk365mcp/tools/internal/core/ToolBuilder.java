package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.Effects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builds a row of the catalogue; {@link #handler} completes it. */
public final class ToolBuilder {

    private final @Nullable List<Tool> page;
    Tool.Verb verb;
    final String name;
    final String shortName;
    final Set<String> tags = new LinkedHashSet<>();
    final List<Param<?>> params = new ArrayList<>();
    String title = "";
    String description = "";
    String seeAlso = "";
    final Map<String, Predicate<Arguments>> reach = new LinkedHashMap<>();

    Tool.@Nullable Finder finder;
    int calls = 1;
    int reserved = 1;
    boolean unverified;
    boolean restricted;
    String whenEmpty = "";
    String whenMissing = "";
    boolean looksUp;
    Map<String, Object> fixed = Map.of();
    Map<String, Object> defaults = Map.of();
    final Map<String, String> needs = new LinkedHashMap<>();

    @Nullable
    String reader;

    @Nullable
    String withoutFiles;

    @Nullable
    String one;

    @Nullable
    OwnRow own;

    private @Nullable Answer answer;
    private Tool.@Nullable Handler handler;

    public ToolBuilder(List<Tool> page, Tool.Verb verb, String name, String shortName, String resource, String tag) {
        this.page = page;
        this.verb = verb;
        this.name = name;
        this.shortName = shortName;
        tags.add(resource);
        tags.add(tag);
    }

    /** Begins the row of a tool of the host's own. */
    public ToolBuilder(Tool.Verb verb, OwnRow own) {
        page = null;
        this.verb = verb;
        this.own = own;
        name = own.tool().name();
        shortName = name;
        title = own.tool().title();
        description = own.tool().description();
        tags.addAll(own.tool().tags());
        costs(own.tool().calls());
    }

    /** Replaces the row of a tool of the host's own. */
    public ToolBuilder own(OwnRow other) {
        own = other;
        return this;
    }

    /** Copies a row, without adding it to a page. */
    ToolBuilder(Tool row) {
        page = null;
        verb = row.verb();
        name = row.name();
        shortName = row.shortName();
        tags.addAll(row.tags());
        params.addAll(row.params());
        title = row.title();
        description = row.purpose();
        seeAlso = row.seeAlso();
        reach.putAll(row.reach());
        finder = row.finder();
        calls = row.calls();
        reserved = row.reserved();
        unverified = row.unverified();
        restricted = row.restricted();
        whenEmpty = row.whenEmpty();
        whenMissing = row.whenMissing();
        looksUp = row.looksUp();
        reader = row.reader();
        withoutFiles = row.withoutFiles();
        one = row.one();
        fixed = row.fixed();
        defaults = row.defaults();
        needs.putAll(row.needs());
        own = row.own();
        answer = row.answer();
        handler = row.handler();
    }

    public ToolBuilder title(String words) {
        title = words;
        return this;
    }

    /** Adds a tag, so that the tool is selected with that resource too. */
    public ToolBuilder tagged(String resource) {
        tags.add(resource);
        return this;
    }

    /** Put the main point first: what it does, when to use a similar tool instead, what it costs or sends. */
    public ToolBuilder description(String words) {
        description = words;
        return this;
    }

    /** The end of the description: when to use another tool instead. Previews leave it out. */
    public ToolBuilder seeAlso(String words) {
        seeAlso = words;
        return this;
    }

    public ToolBuilder takes(Param<?>... more) {
        params.addAll(List.of(more));
        return this;
    }

    /**
     * Adds an argument that is offered only to callers who have another tool as well.
     *
     * @param tool the full name of the other tool
     */
    public ToolBuilder takesWith(String tool, Param<?> param) {
        needs.put(param.name(), tool);
        return takes(param);
    }

    /** Replaces the arguments. */
    public ToolBuilder takesOnly(List<Param<?>> others) {
        params.clear();
        params.addAll(others);
        return this;
    }

    /** Sets the values that arguments have in every call. */
    public ToolBuilder fixed(Map<String, Object> values) {
        fixed = values;
        return this;
    }

    /** Sets the values that arguments have in calls that leave them out. */
    public ToolBuilder defaults(Map<String, Object> values) {
        defaults = values;
        return this;
    }

    public ToolBuilder answers(RecordMapping shape) {
        return answers(Answer.one(shape));
    }

    public ToolBuilder answers(Answer form) {
        answer = form;
        return this;
    }

    /** Every call e-mails a customer, or may. */
    public ToolBuilder reachesCustomer() {
        return reachesCustomer(Tool.ALWAYS);
    }

    /** These calls e-mail an outsider, may e-mail one, or give one access to later mail. */
    public ToolBuilder reachesCustomer(Predicate<Arguments> calls) {
        reach.put(Effects.MAIL, calls);
        return this;
    }

    /** Every call changes what customers see in the knowledge base, or may. */
    public ToolBuilder publishes() {
        return publishes(Tool.ALWAYS);
    }

    /** These calls change what customers see in the knowledge base, or may. */
    public ToolBuilder publishes(Predicate<Arguments> calls) {
        reach.put(Effects.PUBLISH, calls);
        return this;
    }

    /** Sets how to find what a call created that got no response. */
    public ToolBuilder findsAgain(RecordMapping shape, Tool.Finder.Search search) {
        return findsAgain(shape, search, in -> true);
    }

    public ToolBuilder findsAgain(RecordMapping shape, Tool.Finder.Search search, Predicate<Arguments> when) {
        finder = new Tool.Finder(shape, search, when);
        return this;
    }

    /** Sets the full name of the tool that reads what this one changes or deletes, for previews. */
    public ToolBuilder readBy(String tool) {
        reader = tool;
        return this;
    }

    /** Sets the tool that creates the same without files; equal calls of both count as duplicates. */
    public ToolBuilder withoutFiles(String tool) {
        withoutFiles = tool;
        return this;
    }

    /**
     * Sets the full name of the tool that does the same to one record. What an operator forbids or limits there holds here
     * too.
     */
    public ToolBuilder manyOf(String tool) {
        one = tool;
        return this;
    }

    public ToolBuilder costs(int count) {
        calls = count;
        reserved = count;
        return this;
    }

    /** Takes one call in advance; the handler takes the others as it makes them. */
    public ToolBuilder costsUpTo(int count) {
        calls = count;
        return this;
    }

    /** Inferred by analogy: the vendor publishes no path for it. */
    public ToolBuilder unverified() {
        unverified = true;
        return this;
    }

    public ToolBuilder restricted() {
        restricted = true;
        return this;
    }

    /** Sets what to try if a filtered list is empty. */
    public ToolBuilder whenEmpty(String words) {
        whenEmpty = words;
        return this;
    }

    /** Sets what to try if the record does not exist. */
    public ToolBuilder whenMissing(String words) {
        whenMissing = words;
        return this;
    }

    /** Completes the row and adds it to its page. */
    public void handler(Tool.Handler work) {
        handler = work;
        if (verb.reads() && answer != null) {
            params.addAll(answer.takes());
        }
        // Required arguments first, as a person would list them.
        params.sort(Comparator.comparing(param -> !param.isRequired()));
        Objects.requireNonNull(page, "page").add(build());
    }

    /** Makes a tool with the same arguments that costs one call and only looks for what the original created. */
    Tool looksUp(Answer form, Tool.Handler search) {
        looksUp = true;
        verb = Tool.Verb.GETS;
        reach.clear();
        finder = null;
        calls = 1;
        reserved = 1;
        whenEmpty = "";
        whenMissing = "";
        return build(form, search);
    }

    /** Builds the tool with another answer and handler, without adding it to a page. */
    public Tool build(Answer form, Tool.Handler work) {
        answer = form;
        handler = work;
        return build();
    }

    /** Builds the tool without adding it to a page. */
    public Tool build() {
        if (answer == null || handler == null) {
            throw new IllegalStateException(name + " has no answer or no handler");
        }
        return new Tool(this, answer, handler);
    }
}
