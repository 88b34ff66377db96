package io.github.desk365mcp.tools;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which tools of the catalogue there are. Immutable; each method answers a copy.
 *
 * <p>A tool is selected if its group is among the methods <em>and</em> one of its tags among the tags (each only where
 * given), or if it is named. Exclusion beats inclusion, and read-only beats everything.
 *
 * @param methods {@code read}, {@code write}, or the groups {@code list}, {@code get}, {@code create}, {@code update},
 *     {@code delete}, {@code custom}; empty for all
 * @param tags resources such as {@code tickets}, or resources with a method such as {@code tickets.create}; empty for
 *     all
 * @param tools names, in full or short; empty for all that the other two select
 * @param excluded names or tags that are left out
 * @param onlyReads whether tools that change something are left out
 */
public record Selection(
        Set<String> methods, Set<String> tags, Set<String> tools, Set<String> excluded, boolean onlyReads) {

    private static final Set<String> METHODS =
            new TreeSet<>(List.of("read", "write", "list", "get", "create", "update", "delete", "custom"));

    private static final Selection EVERYTHING = new Selection(Set.of(), Set.of(), Set.of(), Set.of(), false);

    /** Keeps copies. */
    public Selection {
        methods = Set.copyOf(methods);
        tags = Set.copyOf(tags);
        tools = Set.copyOf(tools);
        excluded = Set.copyOf(excluded);
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

    /** Only these methods or groups. */
    public Selection methods(String... names) {
        return new Selection(lowerCase(names), tags, tools, excluded, onlyReads);
    }

    /** Only tools with one of these tags. */
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

    /**
     * The selected tools.
     *
     * @throws IllegalArgumentException if a word means nothing, or if nothing is selected
     */
    List<Tool> of(List<Tool> catalogue) {
        checkWords(catalogue);
        List<Tool> selected = catalogue.stream().filter(this::selects).toList();
        if (selected.isEmpty()) {
            throw new IllegalArgumentException("Nothing is selected: no tool has method " + methods + " and tag " + tags
                    + (onlyReads ? " and only reads" : "") + ". Tags with tools: " + withTools(catalogue));
        }
        return selected;
    }

    /** Every word must mean something, or a slip would widen or narrow in silence. */
    void checkWords(List<Tool> catalogue) {
        Set<String> knownTags = new TreeSet<>();
        Set<String> knownTools = new LinkedHashSet<>();
        for (Tool tool : catalogue) {
            knownTags.addAll(tool.tags());
            knownTools.add(tool.name());
            knownTools.add(tool.shortName());
        }
        check("method", methods, METHODS);
        check("tag", tags, knownTags);
        check("tool", tools, knownTools);
        Set<String> excludable = new LinkedHashSet<>(knownTools);
        excludable.addAll(knownTags);
        check("tool or tag", excluded, excludable);
    }

    private Set<String> withTools(List<Tool> catalogue) {
        return catalogue.stream()
                .filter(tool -> !onlyReads || tool.verb().reads())
                .filter(tool -> methods.isEmpty() || matchesMethod(tool))
                .flatMap(tool -> tool.tags().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean selects(Tool tool) {
        if (onlyReads && !tool.verb().reads()
                || excluded.contains(tool.name())
                || excluded.contains(tool.shortName())
                || tool.tags().stream().anyMatch(excluded::contains)) {
            return false;
        }
        boolean named = tools.contains(tool.name()) || tools.contains(tool.shortName());
        boolean filtered = !methods.isEmpty() || !tags.isEmpty();
        boolean matches = (methods.isEmpty() || matchesMethod(tool))
                && (tags.isEmpty() || tool.tags().stream().anyMatch(tags::contains));
        return named || matches && (filtered || tools.isEmpty());
    }

    private boolean matchesMethod(Tool tool) {
        return methods.contains(tool.group()) || methods.contains(tool.verb().reads() ? "read" : "write");
    }

    private static void check(String kind, Set<String> given, Set<String> known) {
        for (String word : given) {
            if (!known.contains(word)) {
                String nearest = Text.nearest(word, known);
                throw new IllegalArgumentException("There is no " + kind + " " + Text.cut(word, 80)
                        + (nearest == null
                                ? known.size() > 40 ? "" : "; there are " + String.join(", ", known)
                                : "; did you mean " + nearest + "?"));
            }
        }
    }
}
