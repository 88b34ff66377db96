package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Applies a selection to the catalogue. */
public record ToolSelector(Selection selection) {

    private static final Set<String> METHODS =
            new TreeSet<>(List.of("read", "write", "list", "get", "create", "update", "delete", "custom"));

    /**
     * Returns the selected tools.
     *
     * @throws IllegalArgumentException if a word is unknown, or if no tool is selected
     */
    List<Tool> of(List<Tool> catalogue) {
        checkWords(catalogue);
        return selected(catalogue, this::isListed, "No tool is selected: none");
    }

    /** A tool of the host's own is in the policy because the host has named it. */
    private boolean isListed(Tool tool) {
        return tool.own() == null ? selects(tool) : !isLeftOut(tool);
    }

    /**
     * Returns the selected tools among those that are allowed.
     *
     * @throws IllegalArgumentException if no known tool has such a word, or if no allowed tool is selected
     */
    List<Tool> within(List<Tool> allowed, KnownTools known) {
        checkWords(known.tools());
        return selected(allowed, this::selects, "No tool is left: none that is allowed here");
    }

    private List<Tool> selected(List<Tool> tools, Predicate<Tool> which, String none) {
        List<Tool> selected = tools.stream().filter(which).toList();
        if (selected.isEmpty()) {
            throw new IllegalArgumentException(none + " has method " + selection.methods() + " and tag "
                    + selection.tags() + (selection.onlyReads() ? " and only reads" : "") + ". Tags with tools: "
                    + withTools(tools));
        }
        return selected;
    }

    /** Unknown words are errors; otherwise a typo would silently widen or narrow the selection. */
    void checkWords(List<Tool> catalogue) {
        Set<String> knownTags = new TreeSet<>();
        Set<String> knownTools = new LinkedHashSet<>();
        for (Tool tool : catalogue) {
            knownTags.addAll(tool.tags());
            knownTools.add(tool.name());
            knownTools.add(tool.shortName());
        }
        check("method", selection.methods(), METHODS);
        check("tag", selection.tags(), knownTags);
        check("tool", selection.tools(), knownTools);
        Set<String> excludable = new LinkedHashSet<>(knownTools);
        excludable.addAll(knownTags);
        check("tool or tag", selection.excluded(), excludable);
    }

    private Set<String> withTools(List<Tool> catalogue) {
        return catalogue.stream()
                .filter(tool -> !selection.onlyReads() || tool.verb().reads())
                .filter(tool -> selection.methods().isEmpty() || matchesMethod(tool))
                .flatMap(tool -> tool.tags().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean selects(Tool tool) {
        String one = tool.one();
        if (isLeftOut(tool) || one != null && isLeftOut(Catalogue.get(one))) {
            return false;
        }
        boolean named =
                selection.tools().contains(tool.name()) || selection.tools().contains(tool.shortName());
        boolean filtered = !selection.methods().isEmpty() || !selection.tags().isEmpty();
        boolean matches = (selection.methods().isEmpty() || matchesMethod(tool))
                && (selection.tags().isEmpty() || tool.tags().stream().anyMatch(selection.tags()::contains));
        return named || matches && (filtered || selection.tools().isEmpty());
    }

    private boolean isLeftOut(Tool tool) {
        return selection.onlyReads() && !tool.verb().reads()
                || selection.excluded().contains(tool.name())
                || selection.excluded().contains(tool.shortName())
                || tool.tags().stream().anyMatch(selection.excluded()::contains);
    }

    private boolean matchesMethod(Tool tool) {
        return selection.methods().contains(tool.group())
                || selection.methods().contains(tool.verb().reads() ? "read" : "write");
    }

    private static void check(String kind, Set<String> given, Set<String> known) {
        for (String word : given) {
            if (!known.contains(word)) {
                String nearest = Text.nearest(word, known);
                throw new IllegalArgumentException("Unknown " + kind + " " + Text.cut(word, 80)
                        + (nearest == null
                                ? known.size() > 40 ? "" : "; known are " + String.join(", ", known)
                                : "; did you mean " + nearest + "?"));
            }
        }
    }
}
