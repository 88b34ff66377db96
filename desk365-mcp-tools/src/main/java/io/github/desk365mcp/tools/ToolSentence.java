package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A tool while it is being written; {@link #does} ends the sentence. */
final class ToolSentence {

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

    ToolSentence(List<Tool> page, Tool.Verb verb, String name, String shortName, String resource, String tag) {
        this.page = page;
        this.verb = verb;
        this.name = name;
        this.shortName = shortName;
        tags.add(resource);
        tags.add(tag);
    }

    ToolSentence title(String words) {
        title = words;
        return this;
    }

    /** The point first: what it does, when to use its neighbor instead, what it costs or sends. */
    ToolSentence says(String words) {
        description = words;
        return this;
    }

    ToolSentence takes(Param<?>... more) {
        params.addAll(List.of(more));
        return this;
    }

    ToolSentence answers(Shape shape) {
        return answers(Answer.one(shape));
    }

    ToolSentence answers(Answer form) {
        answer = form;
        return this;
    }

    /** Every call e-mails a customer, or may. */
    ToolSentence reachesCustomer() {
        return reachesCustomer(Tool.ALWAYS);
    }

    /** These calls e-mail somebody outside, or may, or let them in on later mail. */
    ToolSentence reachesCustomer(Predicate<Arguments> calls) {
        mails = calls;
        return this;
    }

    /** How to look for what a call made that got no answer. */
    ToolSentence findsAgain(Shape shape, Tool.Finder.Search search) {
        return findsAgain(shape, search, in -> true);
    }

    ToolSentence findsAgain(Shape shape, Tool.Finder.Search search, Predicate<Arguments> when) {
        finder = new Tool.Finder(shape, search, when);
        return this;
    }

    ToolSentence costs(int count) {
        calls = count;
        reserved = count;
        return this;
    }

    /** One call at least; the handler takes the others as it makes them. */
    ToolSentence costsUpTo(int count) {
        calls = count;
        return this;
    }

    /** Built by analogy: the vendor publishes no path for it. */
    ToolSentence unverified() {
        unverified = true;
        return this;
    }

    ToolSentence restricted() {
        restricted = true;
        return this;
    }

    /** What to try where a filtered list is empty. */
    ToolSentence whenEmpty(String words) {
        whenEmpty = words;
        return this;
    }

    /** What to try where the record is not there. */
    ToolSentence whenMissing(String words) {
        whenMissing = words;
        return this;
    }

    void does(Tool.Handler handler) {
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
