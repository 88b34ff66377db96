package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.tools.internal.text.Ascii;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A selection of the catalogue's tools. Immutable; each method that takes names returns a copy.
 *
 * <p>A tool is selected if its group is among the methods <em>and</em> one of its tags is among the tags (each only if
 * given), or if it is named. Exclusion overrides inclusion, and read-only overrides everything. An empty array of names
 * changes nothing.
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
        this.methods = Collections.unmodifiableSet(new LinkedHashSet<>(methods));
        this.tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
        this.tools = Collections.unmodifiableSet(new LinkedHashSet<>(tools));
        this.excluded = Collections.unmodifiableSet(new LinkedHashSet<>(excluded));
        this.onlyReads = onlyReads;
    }

    /** {@return the whole catalogue} */
    public static Selection everything() {
        return EVERYTHING;
    }

    /**
     * {@return seven tools for everyday work: find and read tickets, reply, create a ticket with files, look up a
     * contact, find articles}
     */
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

    /**
     * {@return what a support agent needs in one day: tickets with their conversations, searches and reports, replies, notes
     * and changes, attachments, and where to look up people, companies and articles} The definitions of all of them fit into
     * 20,000 bytes.
     */
    public static Selection core() {
        return EVERYTHING.tools(
                "list_all_desk_365_tickets",
                "get_single_desk_365_ticket_by_id",
                "list_all_desk_365_ticket_conversations",
                "create_a_desk_365_ticket_reply",
                "get_single_desk_365_contact_by_id",
                "list_all_desk_365_kb_articles",
                "desk_365_tickets_search",
                "desk_365_tickets_get_context",
                "desk_365_tickets_report",
                "desk_365_attachments_read",
                "create_a_desk_365_ticket",
                "update_a_desk_365_ticket_by_id",
                "create_a_desk_365_ticket_note",
                "list_all_desk_365_contacts",
                "get_single_desk_365_company_by_id",
                "get_single_desk_365_kb_article_by_id",
                "list_all_desk_365_agents",
                "describe_desk_365_helpdesk");
    }

    /** {@return the tools for working on tickets} */
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

    /** {@return the tools that read and write articles, categories and folders} */
    public static Selection knowledgeBase() {
        return EVERYTHING.tags("knowledge_base");
    }

    /** {@return the tools that only read} */
    public static Selection readOnly() {
        return EVERYTHING.withReadOnly();
    }

    /**
     * Selects only these methods or groups.
     *
     * @param names {@code read}, {@code write}, or the groups {@code list}, {@code get}, {@code create},
     *     {@code update}, {@code delete}, {@code custom}
     * @return a copy with these methods
     * @throws IllegalArgumentException if all names are blank; if methods or tools were chosen before, as in most
     *     presets, because methods would then select other tools, not fewer
     */
    public Selection methods(String... names) {
        Set<String> words = lowerCase(names);
        if (words.isEmpty()) {
            return this;
        }
        checkNarrows("methods", methods);
        return new Selection(words, tags, tools, excluded, onlyReads);
    }

    /**
     * Selects only tools with one of these tags.
     *
     * @param names resources such as {@code tickets}, or resources with a method such as {@code tickets.create}
     * @return a copy with these tags
     * @throws IllegalArgumentException if all names are blank; if tags or tools were chosen before, as in most presets,
     *     because tags would then select other tools, not fewer
     */
    public Selection tags(String... names) {
        Set<String> words = lowerCase(names);
        if (words.isEmpty()) {
            return this;
        }
        checkNarrows("tags", tags);
        return new Selection(methods, words, tools, excluded, onlyReads);
    }

    private void checkNarrows(String what, Set<String> before) {
        if (!before.isEmpty() || !tools.isEmpty()) {
            throw new IllegalArgumentException("This selection has tools already, and " + what
                    + " would add others to it: begin with Selection.everything(), choose methods and tags once, and name"
                    + " further tools last. To leave tools out, use exclude or withReadOnly");
        }
    }

    /**
     * Selects tools by name, in addition to those that methods and tags select, if any are given. They replace all tools
     * that were named before, including those of a preset.
     *
     * @param names full or short names
     * @return a copy with these tools
     * @throws IllegalArgumentException if all names are blank
     */
    public Selection tools(String... names) {
        Set<String> words = lowerCase(names);
        return words.isEmpty() ? this : new Selection(methods, tags, words, excluded, onlyReads);
    }

    /**
     * Excludes tools, in addition to those that were excluded before. {@code desk_365_tickets_update_many} is excluded
     * with {@code update_a_desk_365_ticket_by_id}.
     *
     * @param names names or tags
     * @return a copy without these tools
     * @throws IllegalArgumentException if all names are blank
     */
    public Selection exclude(String... names) {
        Set<String> all = new LinkedHashSet<>(excluded);
        all.addAll(lowerCase(names));
        return new Selection(methods, tags, tools, all, onlyReads);
    }

    /** {@return a copy without the tools that change something, even if they are selected} */
    public Selection withReadOnly() {
        return new Selection(methods, tags, tools, excluded, true);
    }

    /** {@return the methods and groups that are selected; empty for all} */
    public Set<String> methods() {
        return methods;
    }

    /** {@return the tags that are selected; empty for all} */
    public Set<String> tags() {
        return tags;
    }

    /** {@return the full or short names that are selected; empty for all that methods and tags select} */
    public Set<String> tools() {
        return tools;
    }

    /** {@return the names and tags that are excluded} */
    public Set<String> excluded() {
        return excluded;
    }

    /** {@return whether tools that change something are excluded} */
    public boolean onlyReads() {
        return onlyReads;
    }

    /** {@return whether the other object is an equal selection} */
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

    /** {@return all settings} */
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
            // If this meant "no limit", an unset variable in a script would allow everything.
            throw new IllegalArgumentException("The list of names contains only blank names");
        }
        return words;
    }
}
