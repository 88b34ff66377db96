package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.tools.internal.text.Ascii;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which tools of the catalogue there are. Immutable; each method that takes names returns a copy.
 *
 * <p>A tool is selected if its group is among the methods <em>and</em> one of its tags among the tags (each only where
 * given), or if it is named. Exclusion beats inclusion, and read-only beats everything.
 */
public final class Selection {

    private static final Selection EVERYTHING = new Selection(Set.of(), Set.of(), Set.of(), Set.of(), false);

    private final Set<String> methods;
    private final Set<String> tags;
    private final Set<String> tools;
    private final Set<String> excluded;
    private final boolean onlyReads;

    private Selection(
            Set<String> methods, Set<String> tags, Set<String> tools, Set<String> excluded, boolean onlyReads) {
        this.methods = Set.copyOf(methods);
        this.tags = Set.copyOf(tags);
        this.tools = Set.copyOf(tools);
        this.excluded = Set.copyOf(excluded);
        this.onlyReads = onlyReads;
    }

    /** The whole catalogue. */
    public static Selection everything() {
        return EVERYTHING;
    }

    /** The seven tools of everyday work: find and read tickets, reply, open one with files, know who asks and what is written. */
    public static Selection heroes() {
        return EVERYTHING.tools(
                "list_all_desk_365_tickets",
                "get_single_desk_365_ticket_by_id",
                "list_all_desk_365_ticket_conversations",
                "create_a_desk_365_ticket_reply",
                "get_single_desk_365_contact_by_id",
                "list_all_desk_365_kb_articles",
                "desk_365_tickets_create_with_attachment");
    }

    /** What somebody needs who works on tickets. */
    public static Selection triage() {
        return EVERYTHING.tools(
                "list_all_desk_365_tickets",
                "desk_365_tickets_search",
                "get_single_desk_365_ticket_by_id",
                "list_all_desk_365_ticket_conversations",
                "desk_365_tickets_get_context",
                "desk_365_attachments_read",
                "create_a_desk_365_ticket",
                "update_a_desk_365_ticket_by_id",
                "create_a_desk_365_ticket_reply",
                "create_a_desk_365_ticket_note",
                "get_single_desk_365_contact_by_id",
                "list_all_desk_365_contacts",
                "get_single_desk_365_company_by_id",
                "list_all_desk_365_agents",
                "list_all_desk_365_kb_articles",
                "get_single_desk_365_kb_article_by_id");
    }

    /** Articles, categories and folders, reading and writing. */
    public static Selection knowledgeBase() {
        return EVERYTHING.tags("knowledge_base");
    }

    /** Everything that only reads. */
    public static Selection readOnly() {
        return EVERYTHING.withReadOnly();
    }

    /**
     * Only these methods or groups.
     *
     * @param names {@code read}, {@code write}, or the groups {@code list}, {@code get}, {@code create}, {@code update},
     *     {@code delete}, {@code custom}; none for all
     * @throws IllegalArgumentException if names are given, and all are blank
     */
    public Selection methods(String... names) {
        return new Selection(lowerCase(names), tags, tools, excluded, onlyReads);
    }

    /**
     * Only tools with one of these tags.
     *
     * @param names resources such as {@code tickets}, or resources with a method such as {@code tickets.create}; none for
     *     all
     * @throws IllegalArgumentException if names are given, and all are blank
     */
    public Selection tags(String... names) {
        return new Selection(methods, lowerCase(names), tools, excluded, onlyReads);
    }

    /** These tools by name; beside what methods and tags select, where those are given. */
    public Selection tools(String... names) {
        return new Selection(methods, tags, lowerCase(names), excluded, onlyReads);
    }

    /** Not these tools, by name or tag. */
    public Selection exclude(String... names) {
        return new Selection(methods, tags, tools, lowerCase(names), onlyReads);
    }

    /** No tool that changes something, whatever else is said. */
    public Selection withReadOnly() {
        return new Selection(methods, tags, tools, excluded, true);
    }

    /** The methods and groups that are selected; empty for all. */
    public Set<String> methods() {
        return methods;
    }

    /** The tags that are selected; empty for all. */
    public Set<String> tags() {
        return tags;
    }

    /** The names that are selected, in full or short; empty for all that methods and tags select. */
    public Set<String> tools() {
        return tools;
    }

    /** The names and tags that are left out. */
    public Set<String> excluded() {
        return excluded;
    }

    /** Whether tools that change something are left out. */
    public boolean onlyReads() {
        return onlyReads;
    }

    /** Whether the other one says the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Selection selection
                && methods.equals(selection.methods)
                && tags.equals(selection.tags)
                && tools.equals(selection.tools)
                && excluded.equals(selection.excluded)
                && onlyReads == selection.onlyReads;
    }

    @Override
    public int hashCode() {
        return Objects.hash(methods, tags, tools, excluded, onlyReads);
    }

    /** All that is said. */
    @Override
    public String toString() {
        return "Selection[methods=" + methods + ", tags=" + tags + ", tools=" + tools + ", excluded=" + excluded
                + ", onlyReads=" + onlyReads + "]";
    }

    private static Set<String> lowerCase(String... names) {
        Set<String> words = List.of(names).stream()
                .map(name -> Ascii.lower(name.strip()))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (names.length > 0 && words.isEmpty()) {
            // Taken for "no limit", an unset variable of a script would open everything.
            throw new IllegalArgumentException("A list of names is given, but it is empty");
        }
        return words;
    }
}
