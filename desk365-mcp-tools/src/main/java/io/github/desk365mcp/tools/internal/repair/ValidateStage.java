package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.account.Negation;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Schemas;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Refuses arguments that violate the tool's schema, and says how to correct them. */
public final class ValidateStage implements Stage {

    private static final int MOST_PROBLEMS = 5;
    private static final Set<String> PAGE_SIZES = Set.of("ticket_count", "time_entries_count");
    /** Arguments that name fields without a value. */
    private static final List<String> FIELD_LISTS = List.of("not_set", "clear");

    private static final String FEWER = " For fewer items, set max_items.";

    private final Map<Offered, ArgumentSchema> compiled = new ConcurrentHashMap<>();

    /** Not every caller has the same arguments of a tool. */
    private record Offered(String tool, List<String> arguments) {}

    @Override
    public Outcome run(Call call, Next next) {
        Tool tool = call.tool();
        if (tool.own() != null) {
            return ofOwn(call, tool.own(), next);
        }
        List<String> problems = new ArrayList<>(call.notes().problems().values());
        int unreported = 0;
        Set<String> reported = new HashSet<>(call.notes().problems().keySet());
        Map<String, Set<String>> unknown = new LinkedHashMap<>();
        for (ArgumentSchema.Problem problem : schema(tool).problems(call.arguments())) {
            if (call.notes().problems().containsKey(problem.argument())) {
                continue;
            }
            reported.add(problem.argument());
            if (problem.kind() != ArgumentSchema.Kind.UNKNOWN && problems.size() >= MOST_PROBLEMS) {
                unreported++;
            } else if (problem.kind() != ArgumentSchema.Kind.UNKNOWN) {
                problems.add(sentence(call, problem));
            } else if (problem.inside().isEmpty()) {
                unknown.computeIfAbsent("", none -> new LinkedHashSet<>()).add(problem.argument());
            } else {
                unknown.computeIfAbsent(problem.argument(), none -> new LinkedHashSet<>())
                        .add(problem.inside());
            }
        }
        UnknownArguments sentences = new UnknownArguments(call);
        List<String> first = new ArrayList<>();
        unknown.forEach((inside, names) -> first.add(sentences.sentence(inside, names)));
        problems.addAll(0, first);
        call.arguments().forEach((name, value) -> {
            Param<?> param = reported.contains(name) ? null : tool.param(name);
            String problem = param == null ? null : problem(call, param, value);
            if (problem != null) {
                problems.add(
                        call.notes().called(name) + " must " + problem + (problem.matches("(?s).*[?.]") ? "" : "."));
            }
        });
        FIELD_LISTS.forEach(list -> problems.addAll(contradictions(list, call)));
        tool.params().stream()
                .filter(param -> param.change() == Param.Change.EDITS
                        && isGiven(call, param.name())
                        && isGiven(call, param.field()))
                .forEach(param -> problems.add(param.field() + " is the whole text, so " + param.name()
                        + " has nothing to replace; leave out one of them."));
        if (problems.isEmpty() && changesNothing(call)) {
            problems.add("No field to change was given"
                    + (tool.param("clear") == null ? "." : "; to empty a field, name it in clear."));
        }
        return problems.isEmpty() ? next.run(call) : refused(problems, unreported);
    }

    private static Outcome refused(List<String> problems, int unreported) {
        int left = Math.max(0, problems.size() - MOST_PROBLEMS) + unreported;
        String message = String.join(" ", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
        return new Outcome.Refused(
                ErrorCodes.INVALID_ARGUMENTS,
                "Nothing was done. " + message + (left > 0 ? " There are " + left + " more problems." : ""));
    }

    /** Checks the arguments of a host's own tool. Null is left out where only that is valid: strict modes send it. */
    private static Outcome ofOwn(Call call, OwnRow own, Next next) {
        Map<String, Object> arguments = OwnRow.arguments(call.arguments()).toMap();
        List<String> problems = own.check().problems(arguments);
        if (problems.isEmpty()) {
            return next.run(call);
        }
        Map<String, Object> given = new LinkedHashMap<>(call.arguments());
        given.values().removeIf(Objects::isNull);
        return given.size() < call.arguments().size()
                        && own.check().problems(OwnRow.arguments(given).toMap()).isEmpty()
                ? next.run(call.withArguments(given))
                : refused(problems.stream().map(problem -> problem + ".").toList(), 0);
    }

    /** Returns a sentence for each field that is set and also named in a list of empty fields. */
    private static List<String> contradictions(String list, Call call) {
        Map<String, Object> given = call.arguments();
        return given.get(list) instanceof List<?> fields
                ? fields.stream()
                        .filter(given::containsKey)
                        // A field that the operator sets cannot be in the list at all.
                        .filter(field -> !call.notes().isFilledIn(String.valueOf(field)))
                        .map(field -> field + " is set and is also in " + list + "; leave out one of them.")
                        .toList()
                : List.of();
    }

    private static boolean isGiven(Call call, String argument) {
        Object value = call.arguments().get(argument);
        return value != null && !List.of().equals(value);
    }

    /** Checks rules that the schema leaves out to stay short. */
    private static @Nullable String problem(Call call, Param<?> param, Object value) {
        String complaint = param.type().complaint(value);
        if (complaint != null) {
            String help = new ErrorHints(call).values(param);
            return "be " + complaint + (help.isEmpty() ? "" : "." + help)
                    + (asksForFewer(call.tool(), param) ? "." + FEWER : "");
        }
        if (param.topic() != null && call.tool().verb() == Tool.Verb.LISTS) {
            complaint = Negation.complaint(param.topic(), value, call.account().words());
        }
        if (complaint == null && param.topic() != null) {
            Object category = call.arguments().get("category");
            complaint = call.account().words().complaint(param.topic(), value, category);
        }
        if (complaint != null) {
            String elsewhere = new ErrorHints(call).elsewhere(param);
            return "be " + complaint + (elsewhere.isEmpty() ? "" : "." + elsewhere);
        }
        boolean isEmpty =
                value instanceof String text && text.isBlank() || List.of().equals(value);
        return param.isRequired() && isEmpty ? "not be empty" : null;
    }

    /** An update that only names its record would change nothing but the time of the last change. */
    private static boolean changesNothing(Call call) {
        Tool tool = call.tool();
        Map<String, Object> given = call.arguments();
        boolean named = tool.params().stream().anyMatch(Param::isRequired);
        return tool.verb() == Tool.Verb.UPDATES
                && tool.params().stream()
                        .filter(param -> named
                                ? !param.isRequired()
                                : param.sources().stream().noneMatch(Param.Source::isTold))
                        .noneMatch(param -> given.containsKey(param.name())
                                && !call.notes().isFilledIn(param.name())
                                && !Map.of().equals(given.get(param.name()))
                                && !(param.change() != Param.Change.SETS
                                        && List.of().equals(given.get(param.name()))));
    }

    private ArgumentSchema schema(Tool tool) {
        return compiled.computeIfAbsent(
                new Offered(tool.name(), tool.arguments()),
                offered -> new ArgumentSchema(Schemas.object(tool.params(), true)));
    }

    private static String sentence(Call call, ArgumentSchema.Problem problem) {
        Tool tool = call.tool();
        String argument = problem.argument();
        Param<?> param = tool.param(argument);
        return switch (problem.kind()) {
            case MISSING -> missing(argument, problem.inside(), param, call.names());
            default ->
                param == null || !problem.inside().isEmpty() && !isWordOfList(param, problem.inside())
                        ? "In " + argument + problem.inside() + ": " + problem.message() + "."
                        : call.notes().called(argument) + " must be " + expected(param) + ", not "
                                + Text.brief(call.arguments().get(argument)) + "."
                                + nearest(param, call.arguments().get(argument))
                                + new ErrorHints(call).values(param)
                                + (asksForFewer(tool, param) ? FEWER : "");
        };
    }

    private static boolean asksForFewer(Tool tool, Param<?> param) {
        return PAGE_SIZES.contains(param.name()) && tool.param("max_items") != null;
    }

    /** Suggests the allowed value that was probably meant. */
    private static String nearest(Param<?> param, @Nullable Object given) {
        Map<String, Object> schema = param.type().schema();
        Object words = schema.get("items") instanceof Map<?, ?> item ? item.get("enum") : schema.get("enum");
        if (!(words instanceof List<?> known)) {
            return "";
        }
        for (Object word : given instanceof List<?> list ? list : List.of(given == null ? "" : given)) {
            if (word instanceof String text && !known.contains(text)) {
                List<String> all = known.stream().map(String::valueOf).toList();
                if (Negation.negated(text, all) != null) {
                    return " Negation is not supported.";
                }
                // All words are listed, so only a slip of the pen is worth a suggestion.
                String nearest = Text.misspelled(Ascii.lower(text), all);
                return nearest == null ? "" : " Did you mean " + nearest + "?";
            }
        }
        return "";
    }

    private static String missing(String argument, String inside, @Nullable Param<?> param, Names names) {
        if (!inside.isEmpty() || param == null) {
            return "In " + argument + ", " + inside + " is missing.";
        }
        String words = String.valueOf(param.schema(names).get("description"));
        return argument + " is missing (" + words.replaceAll("[.]$", "") + ").";
    }

    private static boolean isWordOfList(Param<?> param, String inside) {
        return inside.matches("\\[\\d+]")
                && param.type().schema().get("items") instanceof Map<?, ?> items
                && items.containsKey("enum");
    }

    private static String expected(Param<?> param) {
        Map<String, Object> schema = param.type().schema();
        Object items = schema.get("items");
        if (items instanceof Map<?, ?> item) {
            return "a list" + (item.get("enum") instanceof List<?> words ? " of any of " + words(words) : "");
        }
        if (schema.get("enum") instanceof List<?> words) {
            return "one of " + words(words);
        }
        String words = param.type().expected();
        if (words != null) {
            return words;
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            case "object" -> "an object";
            default -> "a string";
        };
    }

    private static String words(List<?> words) {
        return String.join(", ", words.stream().map(String::valueOf).toList());
    }
}
