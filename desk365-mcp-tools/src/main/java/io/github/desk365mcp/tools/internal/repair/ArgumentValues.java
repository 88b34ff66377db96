package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.catalogue.TicketFilters;
import io.github.desk365mcp.tools.internal.catalogue.TicketLink;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.ListType;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts values to the form that a tool expects if their meaning is unambiguous. One instance handles one call. */
public final class ArgumentValues {

    /** What the API's filters match with an empty field. */
    private static final String EMPTY = "--";

    /** Values that mean an empty field in the API's documentation. */
    private static final Set<String> EMPTY_MARKS = Set.of(EMPTY, "- -");

    private final Call call;
    private final Tool tool;
    private final CallNotes notes;
    private final Map<String, Object> repaired = new LinkedHashMap<>();
    private final List<String> nulls = new ArrayList<>();

    private ArgumentValues(Call call) {
        this.call = call;
        this.tool = call.tool();
        this.notes = call.notes();
    }

    static Map<String, Object> of(Call call, Map<String, Object> named) {
        ArgumentValues values = new ArgumentValues(call);
        named.forEach((name, value) -> {
            try {
                values.take(name, value);
            } catch (RefusedException refused) {
                call.notes().problem(name, refused.problem());
            }
        });
        if (reportsNulls(call.tool(), named)) {
            values.reportNulls();
        }
        return values.repaired;
    }

    private void take(String name, @Nullable Object value) {
        Param<?> param = tool.param(name);
        if (param == null) {
            repaired.put(name, value == null ? "" : value);
        } else if (value == null) {
            nulls.add(name);
        } else if (!isLeftOut(param, value) && !isEmptyMark(param, value)) {
            put(param, value);
        }
    }

    private void put(Param<?> param, Object value) {
        String name = param.name();
        Object opened = name.equals("ticket_number") && Type.single(value) instanceof String text
                ? TicketLink.number(text, call.account().desk().baseUrl(), notes)
                : value;
        Object typed = param.type().repair(isOneWord(param, opened) ? List.of(opened) : opened);
        boolean isReworded = false;
        if (param.type() == Type.WORDS && tool.verb().reads() && typed instanceof List<?> words) {
            typed = words.stream().map(word -> isNone(word) ? EMPTY : word).toList();
            isReworded = !typed.equals(words);
        }
        if (param.topic() != null) {
            Object spelled = call.account().words().repair(param.topic(), typed);
            isReworded |= tool.verb() == Tool.Verb.LISTS && !spelled.equals(typed);
            typed = spelled;
        }
        // An alias or a marker may have set it already.
        Object there = repaired.get(name);
        if (there instanceof List<?> before && typed instanceof List<?> more) {
            List<Object> both = new ArrayList<>(before);
            more.stream().filter(item -> !both.contains(item)).forEach(both::add);
            typed = both;
        }
        new RepairReport(param, notes, isReworded).report(name, value, typed);
        repaired.put(name, typed);
    }

    /** A known name may contain commas. Company names often do, so only lists of known companies are split. */
    private boolean isOneWord(Param<?> param, Object given) {
        VocabularyKind topic = param.topic();
        AccountVocabulary words = call.account().words();
        if (topic == null || param.type() != Type.WORDS || !(given instanceof String text)) {
            return false;
        }
        return words.knows(topic, text)
                || topic == VocabularyKind.COMPANY
                        && !Type.isBrokenList(text)
                        && !ListType.isManyParts(text)
                        && !(Type.parsed(text, '[') instanceof List<?>)
                        && !((List<?>) Type.WORDS.repair(text)).stream().allMatch(part -> words.knows(topic, part));
    }

    /** Whether the value is an empty string or list, which some clients send for omitted arguments. */
    private boolean isLeftOut(Param<?> param, Object value) {
        boolean empty = isBlank(value)
                || value instanceof List<?> items && items.stream().allMatch(ArgumentValues::isBlank);
        if (!empty || param.isRequired()) {
            return false;
        }
        if (tool.verb() != Tool.Verb.UPDATES) {
            notes.givenEmpty(param.name());
            String words = param.name() + " was ignored: it is empty";
            if (tool.verb() == Tool.Verb.LISTS) {
                // The list is longer than with the filter.
                notes.noted(words);
            } else {
                notes.repaired(words);
            }
            return true;
        }
        if (value instanceof String && clearable().contains(param.name())) {
            throw clearsNothing(param, "is empty");
        }
        if (value instanceof String && param.topic() != null && param.topic() != VocabularyKind.COMPANY) {
            throw new RefusedException(
                    ErrorCodes.INVALID_ARGUMENTS,
                    "Nothing was done. " + notes.called(param.name())
                            + " is empty, and empty values are not sent. Leave it out to keep the current value, or"
                            + " give a new one.");
        }
        return false;
    }

    private RefusedException clearsNothing(Param<?> param, String what) {
        return new RefusedException(
                ErrorCodes.INVALID_ARGUMENTS,
                "Nothing was done. " + notes.called(param.name()) + " " + what + ". To clear the field, set clear to"
                        + " [\"" + param.name() + "\"]; to keep it, leave the argument out.");
    }

    private static boolean isBlank(@Nullable Object value) {
        return value == null || value instanceof String text && text.isBlank();
    }

    /**
     * Handles the API's "--", which matches an empty field in a filter and clears the field in an update, and our own mark,
     * which only matches: a model may have copied it from an answer without meaning to clear anything.
     */
    private boolean isEmptyMark(Param<?> param, Object value) {
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        boolean isMark = values.stream()
                .allMatch(mark -> mark instanceof String text
                        && (EMPTY_MARKS.contains(text.strip())
                                || isNone(text)
                                || param.topic() == VocabularyKind.AGENT && Ascii.isSame(text.strip(), "unassigned")));
        if (values.isEmpty() || !isMark) {
            return false;
        }
        for (String list : List.of("not_set", "clear")) {
            Param<?> target = tool.param(list);
            if (target != null && words(target).contains(param.name())) {
                if (list.equals("clear") && values.stream().anyMatch(ArgumentValues::isNone)) {
                    throw clearsNothing(param, "is \"" + TicketFilters.NONE + "\", which stands for an empty field");
                }
                notes.noted(param.name() + " " + Text.brief(value) + " was read as " + list + " [\"" + param.name()
                        + "\"]");
                put(target, List.of(param.name()));
                return true;
            }
        }
        return false;
    }

    private static boolean isNone(Object value) {
        return value instanceof String text && Ascii.isSame(text.strip(), TicketFilters.NONE);
    }

    private List<?> clearable() {
        Param<?> clear = tool.param("clear");
        return clear == null ? List.of() : words(clear);
    }

    private static List<?> words(Param<?> list) {
        return list.type().schema().get("items") instanceof Map<?, ?> items && items.get("enum") instanceof List<?> all
                ? all
                : List.of();
    }

    /** Nulls are not reported if the client sends null for every omitted argument, as strict modes do. */
    private static boolean reportsNulls(Tool tool, Map<String, Object> named) {
        return tool.verb() == Tool.Verb.UPDATES
                && !tool.params().stream().allMatch(param -> named.containsKey(param.name()));
    }

    private void reportNulls() {
        List<String> optional = nulls.stream()
                .filter(name -> !Objects.requireNonNull(tool.param(name)).isRequired())
                .toList();
        if (!optional.isEmpty()) {
            boolean clears = optional.stream().anyMatch(clearable()::contains);
            notes.noted(Text.list(optional, "and") + ": null changes nothing"
                    + (clears ? "; to empty a field, name it in clear" : ""));
        }
    }
}
