package io.github.desk365mcp.tools;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What tools are called in one set of definitions, and which of them it has. */
final class Names {

    /** Full names, and every tool visible. */
    static final Names FULL = new Names(Naming.FULL, List.of(), Set.of(), true);

    private final Naming naming;
    private final Map<String, String> shortNames;
    private final List<String> longestFirst;
    private final Set<String> visible;
    private final boolean all;

    Names(Naming naming, List<Tool> catalogue, Set<String> visible) {
        this(naming, catalogue, visible, false);
    }

    private Names(Naming naming, List<Tool> catalogue, Set<String> visible, boolean all) {
        this.naming = naming;
        this.shortNames = catalogue.stream().collect(Collectors.toMap(Tool::name, Tool::shortName));
        this.longestFirst = shortNames.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.visible = visible;
        this.all = all;
    }

    String of(String tool) {
        return naming == Naming.SHORT ? shortNames.getOrDefault(tool, tool) : tool;
    }

    boolean isVisible(String tool) {
        return all || visible.contains(tool);
    }

    /** The text with the tools in it called as this set calls them. */
    String inText(String text) {
        String named = text;
        if (naming == Naming.SHORT && text.contains("desk_365")) {
            for (String tool : longestFirst) {
                named = named.replace(tool, of(tool));
            }
        }
        return named;
    }
}
