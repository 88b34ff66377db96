package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.ListAnswer;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordAnswer;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reports unknown arguments with a suggestion for each and, if needed, the list of known ones. */
public final class UnknownArguments {

    private static final int LONGEST = 40;
    private static final int MOST = 10;
    private static final String NAME = "name";
    private static final String TIME = "time";
    private static final Set<String> SEARCHES = Set.of(NAME, "query", "search", "q", "contact_name");
    private static final Pattern BOUND = Pattern.compile("(.+(?=_)|)_?(after|since|before|until)");
    private static final Set<String> STARTS = Set.of("after", "since");
    private static final String SEARCHED = "not searchable";

    private final Call call;
    private final Tool tool;

    UnknownArguments(Call call) {
        this.call = call;
        this.tool = call.tool();
    }

    /** @param inside the argument whose fields are unknown; empty for the arguments themselves */
    String sentence(String inside, Collection<String> unknown) {
        boolean areArguments = inside.isEmpty();
        List<String> known =
                areArguments ? tool.open().stream().map(Param::name).toList() : fields(tool.param(inside));
        List<String> words = new ArrayList<>();
        boolean showsAll = false;
        for (String name : unknown) {
            if (words.size() == MOST) {
                words.add((unknown.size() - MOST) + " more");
                break;
            }
            String hint = hint(name, known, areArguments && tool.verb() == Tool.Verb.LISTS);
            showsAll |= hint.isEmpty() || hint.equals(SEARCHED);
            words.add(Text.cut(name, LONGEST) + (hint.isEmpty() ? "" : " (" + hint + ")"));
        }
        String all =
                (areArguments ? "this tool takes " : "it has ") + (known.isEmpty() ? "none" : String.join(", ", known));
        return "Unknown " + (areArguments ? "argument" : "field")
                + (words.size() == 1 ? " " : "s ") + Text.list(words, "and") + (areArguments ? "" : " in " + inside)
                + (showsAll ? "; " + all : "") + ".";
    }

    private static List<String> fields(@Nullable Param<?> param) {
        Map<String, Object> schema = param == null ? Map.of() : param.type().schema();
        Map<?, ?> object = schema.get("items") instanceof Map<?, ?> items ? items : schema;
        return object.get("properties") instanceof Map<?, ?> fields
                ? fields.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    private String hint(String name, List<String> known, boolean inList) {
        String elsewhere = inList ? elsewhere(name) : null;
        if (elsewhere != null) {
            return "use " + elsewhere;
        }
        if (inList && SEARCHES.contains(name)) {
            return known.contains(NAME) ? "did you mean " + NAME + "?" : SEARCHED;
        }
        Matcher bound = BOUND.matcher(ArgumentNames.plain(name));
        String nearest = bound.matches() ? sameBound(bound, known) : Text.nearest(name, known);
        String timed = nearest == null && bound.matches() ? timed(bound, known) : null;
        if (timed != null) {
            return timed;
        }
        return nearest == null ? "" : "did you mean " + nearest + "?";
    }

    /** Returns the known bound of the same time on the same side; another would silently ask something else. */
    private static @Nullable String sameBound(Matcher bound, List<String> known) {
        for (String other : known) {
            Matcher otherBound = BOUND.matcher(other);
            if (otherBound.matches()
                    && isStart(otherBound) == isStart(bound)
                    && Text.misspelled(bound.group(1), List.of(otherBound.group(1))) != null) {
                return other;
            }
        }
        return null;
    }

    private static boolean isStart(Matcher bound) {
        return STARTS.contains(bound.group(2));
    }

    /** Returns how a report asks for it: its after and before are about the time that another argument names. */
    private @Nullable String timed(Matcher bound, List<String> known) {
        String side = isStart(bound) ? "after" : "before";
        Param<?> time = known.containsAll(List.of(TIME, side)) ? tool.param(TIME) : null;
        return time != null
                        && time.type().schema().get("enum") instanceof List<?> times
                        && times.contains(bound.group(1))
                ? "use " + side + " with " + TIME + " \"" + bound.group(1) + "\""
                : null;
    }

    /**
     * Returns a visible tool that reads one of the records that this tool lists, by this argument: its answer has the same
     * form, or this list is the first source of the argument.
     */
    private @Nullable String elsewhere(String argument) {
        return Catalogue.tools().stream()
                .filter(other -> other.verb() == Tool.Verb.GETS && call.names().isVisible(other.name()))
                .filter(other -> other.params().stream()
                        .anyMatch(param -> param.isRequired()
                                && (param.name().equals(argument)
                                        || param.aliases().contains(argument))
                                && (hasSameForm(other) || isFirstSource(param))))
                .findFirst()
                .map(other -> call.names().of(other.name()))
                .orElse(null);
    }

    private boolean hasSameForm(Tool other) {
        return other.answer() instanceof RecordAnswer one
                && tool.answer() instanceof ListAnswer many
                && one.shape() == many.shape();
    }

    private boolean isFirstSource(Param<?> param) {
        return !param.sources().isEmpty() && param.sources().get(0).tool().equals(tool.name());
    }
}
