package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says which arguments there are not, what was perhaps meant, and once what there is. */
final class UnknownArguments {

    private static final int LONGEST = 40;
    private static final String SEARCHED = "nothing searches by it";
    private static final Set<String> SEARCHES = Set.of("name", "query", "search", "q", "contact_name");

    private final Call call;
    private final Tool tool;

    UnknownArguments(Call call) {
        this.call = call;
        this.tool = call.tool();
    }

    String sentence(List<String> unknown) {
        List<String> known = tool.params().stream().map(Param::name).toList();
        Map<String, @Nullable String> meant = new LinkedHashMap<>();
        unknown.forEach(name -> meant.put(Text.cut(name, LONGEST), meant(name, known)));
        if (meant.size() == 1) {
            String name = meant.keySet().iterator().next();
            String near = meant.get(name);
            return "There is no argument " + name + "; "
                    + (near == null ? takes(known) : near.equals(SEARCHED) ? near + "; " + takes(known) : near);
        }
        List<String> words = new ArrayList<>();
        meant.forEach(
                (name, near) -> words.add(near == null ? name : name + " (" + near.replaceFirst("[.]$", "") + ")"));
        return "There are no arguments " + Text.list(words, "and") + "; " + takes(known);
    }

    private static String takes(List<String> known) {
        return "this tool takes " + (known.isEmpty() ? "none" : String.join(", ", known)) + ".";
    }

    private @Nullable String meant(String argument, List<String> known) {
        String elsewhere = isList() ? elsewhere(argument) : null;
        if (elsewhere != null) {
            return elsewhere + " takes it.";
        }
        if (isList() && SEARCHES.contains(argument)) {
            return SEARCHED;
        }
        String nearest = Text.nearest(argument, known);
        return nearest == null ? null : "did you mean " + nearest + "?";
    }

    private boolean isList() {
        return tool.verb() == Tool.Verb.LISTS;
    }

    /** The tool that reads the same records by what was given. */
    private @Nullable String elsewhere(String argument) {
        return Catalogue.tools().stream()
                .filter(other -> other.verb().reads() && call.names().isVisible(other.name()))
                .filter(other -> other.tags().stream().anyMatch(tool.tags()::contains))
                .filter(other -> other.params().stream()
                        .anyMatch(param -> param.isRequired()
                                && (param.name().equals(argument)
                                        || param.aliases().contains(argument))))
                .findFirst()
                .map(other -> call.names().of(other.name()))
                .orElse(null);
    }
}
