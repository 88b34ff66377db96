package io.github.desk365mcp.tools.internal.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A tool while it is being written; {@link #handler} ends the sentence. */
public final class ToolBuilder {

    private final @Nullable List<Tool> page;
    Tool.Verb verb;
    final String name;
    final String shortName;
    final Set<String> tags = new LinkedHashSet<>();
    final List<Param<?>> params = new ArrayList<>();
    String title = "";
    String description = "";

    @Nullable
    Predicate<Arguments> mails;

    Tool.@Nullable Finder finder;
    int calls = 1;
    int reserved = 1;
    boolean unverified;
    boolean restricted;
    String whenEmpty = "";
    String whenMissing = "";
    boolean looksUp;

    @Nullable
    String reader;

    @Nullable
    String withoutFiles;

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

    /** A row like another, which stands on no page. */
    ToolBuilder(Tool row) {
        page = null;
        verb = row.verb();
        name = row.name();
        shortName = row.shortName();
        tags.addAll(row.tags());
        params.addAll(row.params());
        title = row.title();
        description = row.description();
        mails = row.mails();
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
        answer = row.answer();
        handler = row.handler();
    }

    public ToolBuilder title(String words) {
        title = words;
        return this;
    }

    /** Selected with these tools too. */
    public ToolBuilder tagged(String resource) {
        tags.add(resource);
        return this;
    }

    /** The point first: what it does, when to use its neighbor instead, what it costs or sends. */
    public ToolBuilder description(String words) {
        description = words;
        return this;
    }

    public ToolBuilder takes(Param<?>... more) {
        params.addAll(List.of(more));
        return this;
    }

    /** In place of the arguments so far. */
    public ToolBuilder takesOnly(List<Param<?>> others) {
        params.clear();
        params.addAll(others);
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

    /** These calls e-mail somebody outside, or may, or let them in on later mail. */
    public ToolBuilder reachesCustomer(Predicate<Arguments> calls) {
        mails = calls;
        return this;
    }

    /** How to look for what a call made that got no answer. */
    public ToolBuilder findsAgain(RecordMapping shape, Tool.Finder.Search search) {
        return findsAgain(shape, search, in -> true);
    }

    public ToolBuilder findsAgain(RecordMapping shape, Tool.Finder.Search search, Predicate<Arguments> when) {
        finder = new Tool.Finder(shape, search, when);
        return this;
    }

    /** The full name of the tool that reads what this one changes, for previews. */
    public ToolBuilder readBy(String tool) {
        reader = tool;
        return this;
    }

    /** The name of the tool that makes the same without files: calls of both are equal. */
    public ToolBuilder withoutFiles(String tool) {
        withoutFiles = tool;
        return this;
    }

    public ToolBuilder costs(int count) {
        calls = count;
        reserved = count;
        return this;
    }

    /** One call at least; the handler takes the others as it makes them. */
    public ToolBuilder costsUpTo(int count) {
        calls = count;
        return this;
    }

    /** Built by analogy: the vendor publishes no path for it. */
    public ToolBuilder unverified() {
        unverified = true;
        return this;
    }

    public ToolBuilder restricted() {
        restricted = true;
        return this;
    }

    /** What to try where a filtered list is empty. */
    public ToolBuilder whenEmpty(String words) {
        whenEmpty = words;
        return this;
    }

    /** What to try where the record is not there. */
    public ToolBuilder whenMissing(String words) {
        whenMissing = words;
        return this;
    }

    /** Ends the row, and puts it on its page. */
    public void handler(Tool.Handler work) {
        handler = work;
        if (verb.reads() && answer != null) {
            params.addAll(answer.takes());
        }
        // Required ones first: that is how a person would list them.
        params.sort(Comparator.comparing(param -> !param.isRequired()));
        Objects.requireNonNull(page, "page").add(build());
    }

    /** Takes the same, costs one call, and only looks for what the tool made. */
    Tool looksUp(Answer form, Tool.Handler search) {
        looksUp = true;
        verb = Tool.Verb.GETS;
        mails = null;
        finder = null;
        calls = 1;
        reserved = 1;
        whenEmpty = "";
        whenMissing = "";
        return build(form, search);
    }

    /** The row with other work, on no page. */
    public Tool build(Answer form, Tool.Handler work) {
        answer = form;
        handler = work;
        return build();
    }

    /** The row, on no page. */
    public Tool build() {
        if (answer == null || handler == null) {
            throw new IllegalStateException(name + " answers or does nothing");
        }
        return new Tool(this, answer, handler);
    }
}
