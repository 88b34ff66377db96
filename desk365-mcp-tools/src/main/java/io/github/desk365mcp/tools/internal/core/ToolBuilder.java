package io.github.desk365mcp.tools.internal.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A tool while it is being written; {@link #does} ends the sentence. */
public final class ToolBuilder {

    private final List<Tool> page;
    private final Tool.Verb verb;
    private final String name;
    private final String shortName;
    private final Set<String> tags = new LinkedHashSet<>();
    private final List<Param<?>> params = new ArrayList<>();
    private String title = "";
    private String description = "";
    private @Nullable Answer answer;
    private @Nullable Predicate<Arguments> mails;
    private Tool.@Nullable Finder finder;
    private int calls = 1;
    private int reserved = 1;
    private boolean unverified;
    private boolean restricted;
    private String whenEmpty = "";
    private String whenMissing = "";

    public ToolBuilder(List<Tool> page, Tool.Verb verb, String name, String shortName, String resource, String tag) {
        this.page = page;
        this.verb = verb;
        this.name = name;
        this.shortName = shortName;
        tags.add(resource);
        tags.add(tag);
    }

    public ToolBuilder title(String words) {
        title = words;
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

    public void handler(Tool.Handler handler) {
        if (answer == null) {
            throw new IllegalStateException(name + " answers nothing");
        }
        if (verb.reads()) {
            params.addAll(answer.takes());
        }
        // Required ones first: that is how a person would list them.
        List<Param<?>> ordered = new ArrayList<>(params);
        ordered.sort(java.util.Comparator.comparing(param -> !param.isRequired()));
        page.add(new Tool(
                name,
                shortName,
                verb,
                title,
                description,
                java.util.Collections.unmodifiableSet(tags),
                List.copyOf(ordered),
                answer,
                mails,
                calls,
                reserved,
                unverified,
                restricted,
                whenEmpty,
                whenMissing,
                finder,
                handler));
    }
}
