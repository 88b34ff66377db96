package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ToolSettings;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.catalogue.MessagePage;
import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.catalogue.TicketsUpdatePage;
import io.github.desk365mcp.tools.internal.core.AllowedType;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Schemas;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.ToolBuilder;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Applies an operator's {@link ToolSettings} to tools. */
final class ToolAdjuster {

    private final Map<String, ToolSettings> byTool = new HashMap<>();
    private final ToolSettings ofAll;

    /**
     * Creates an adjuster.
     *
     * @param ofAll the settings of every tool that has their arguments
     * @param settings by full or short name of a tool
     * @throws IllegalArgumentException if there is no such tool, or one occurs under both names
     */
    ToolAdjuster(ToolSettings ofAll, Map<String, ToolSettings> settings, KnownTools known) {
        this.ofAll = ofAll;
        if (ofAll.title() != null || ofAll.description() != null) {
            throw new IllegalArgumentException("A title or description for every tool would make them all alike");
        }
        Map<String, String> names = known.fullNames();
        settings.forEach((name, own) -> {
            String full = names.get(name);
            if (full == null) {
                String nearest = Text.nearest(name, names.keySet());
                throw new IllegalArgumentException("There is no tool " + name + " for settings"
                        + (nearest == null ? "" : "; did you mean " + nearest + "?"));
            }
            if (byTool.putIfAbsent(full, own) != null) {
                throw new IllegalArgumentException("There are settings under both names of " + full);
            }
        });
    }

    /**
     * Returns the tools with their settings.
     *
     * @throws IllegalArgumentException if no tool has an argument of the settings, or an argument does not accept a value
     */
    List<Tool> on(List<Tool> tools) {
        Set<String> unused = new TreeSet<>(ofAll.arguments());
        List<Tool> adjusted = new ArrayList<>();
        for (Tool tool : tools) {
            unused.removeAll(arguments(tool));
            ToolSettings ofOne = ofOne(tool);
            if (ofOne == null) {
                continue;
            }
            adjusted.add(on(tool, ofOne));
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException(
                    "No selected tool has the argument " + unused.iterator().next());
        }
        Tool change = adjusted.stream()
                .filter(tool -> tool.name().equals(TicketPage.UPDATE))
                .findFirst()
                .orElse(null);
        return change == null
                ? adjusted
                : adjusted.stream().map(tool -> limited(tool, change)).toList();
    }

    /** Limits what follows a message as the tool that changes tickets is limited. */
    private static Tool limited(Tool tool, Tool change) {
        if (!tool.hasFollowUp()) {
            return tool;
        }
        List<Param<?>> fields = MessagePage.FOLLOWING.stream()
                .filter(field -> !change.fixed().containsKey(field.name()) && change.param(field.name()) != null)
                .<Param<?>>map(field -> {
                    Param<?> own = Objects.requireNonNull(change.param(field.name()));
                    return own.type() instanceof AllowedType<?> ? own : field;
                })
                .toList();
        if (fields.equals(MessagePage.FOLLOWING)) {
            return tool;
        }
        List<Param<?>> params = new ArrayList<>(tool.params());
        params.replaceAll(param -> param.name().equals(Tool.THEN)
                ? MessagePage.THEN.typed(Type.object(fields.toArray(Param<?>[]::new)))
                : param);
        if (fields.isEmpty()) {
            params.removeIf(param -> param.name().equals(Tool.THEN));
        }
        return tool.toBuilder().takesOnly(params).build();
    }

    /**
     * Returns the settings that a tool for many records takes over from the tool for one; null if that one sets an argument
     * which the other does not have.
     */
    private @Nullable ToolSettings ofOne(Tool tool) {
        String name = tool.one();
        if (name == null) {
            return ToolSettings.none();
        }
        Tool one = Catalogue.get(name);
        Predicate<String> has = argument -> one.param(argument) != null || tool.param(argument) != null;
        ToolSettings given = byTool.getOrDefault(name, ToolSettings.none());
        ToolSettings taken = ToolSettings.none();
        Map<String, Object> fixed = both(has, ofAll.fixed(), limits(given), given.fixed());
        for (Map.Entry<String, Object> entry : fixed.entrySet()) {
            if (entry.getKey().equals(TicketPage.NUMBER.name())) {
                taken = taken.allowed(TicketsUpdatePage.NUMBERS.name(), entry.getValue());
            } else if (tool.param(entry.getKey()) == null) {
                return null;
            } else {
                taken = taken.fixed(entry.getKey(), entry.getValue());
            }
        }
        Map<String, List<Object>> allowed = both(has, ofAll.allowed(), limits(given), given.allowed());
        for (Map.Entry<String, List<Object>> entry : allowed.entrySet()) {
            boolean isNumber = entry.getKey().equals(TicketPage.NUMBER.name());
            String argument = isNumber ? TicketsUpdatePage.NUMBERS.name() : entry.getKey();
            if (tool.param(argument) != null) {
                taken = taken.allowed(argument, entry.getValue().toArray());
            }
        }
        Map<String, Object> defaults = both(has, ofAll.defaults(), given.fixed().keySet(), given.defaults());
        for (Map.Entry<String, Object> entry : defaults.entrySet()) {
            if (tool.param(entry.getKey()) != null) {
                taken = taken.byDefault(entry.getKey(), entry.getValue());
            }
        }
        return taken;
    }

    /** @param ofOne the settings of the tool for one record, instead of those of all tools, if this one is for many */
    private Tool on(Tool tool, ToolSettings ofOne) {
        ToolSettings ofAll = tool.one() == null ? this.ofAll : ofOne;
        ToolSettings own = byTool.getOrDefault(tool.name(), ToolSettings.none());
        for (String argument : own.arguments()) {
            if (!arguments(tool).contains(argument)) {
                String nearest = Text.nearest(argument, arguments(tool));
                throw new IllegalArgumentException(tool.name() + " has no argument " + argument
                        + (nearest == null ? "" : "; did you mean " + nearest + "?"));
            }
        }
        // An own limit replaces both kinds of limit; an own default replaces no limit.
        Set<String> ownLimits = limits(own);
        Predicate<String> has = arguments(tool)::contains;
        Map<String, Object> fixed = both(has, ofAll.fixed(), ownLimits, own.fixed());
        Map<String, List<Object>> allowed = both(has, ofAll.allowed(), ownLimits, own.allowed());
        Map<String, Object> defaults = both(has, ofAll.defaults(), own.fixed().keySet(), own.defaults());
        for (String argument : defaults.keySet()) {
            if (fixed.containsKey(argument)) {
                throw new IllegalArgumentException(
                        argument + " of " + tool.name() + " is fixed, so it cannot have a default");
            }
        }
        boolean hasWords = own.title() != null || own.description() != null;
        if (!hasWords && fixed.isEmpty() && defaults.isEmpty() && allowed.isEmpty()) {
            return tool;
        }
        OwnRow row = tool.own();
        ToolBuilder builder = row == null
                ? adjusted(tool, fixed, defaults, allowed)
                : new OwnToolLimits(tool, row).with(fixed, defaults, allowed);
        if (own.title() != null) {
            builder.title(own.title());
        }
        if (own.description() != null) {
            builder.description(own.description()).seeAlso("");
        }
        return builder.build();
    }

    private static ToolBuilder adjusted(
            Tool tool, Map<String, Object> fixed, Map<String, Object> defaults, Map<String, List<Object>> allowed) {
        List<Param<?>> params = new ArrayList<>();
        Set<String> limited = new TreeSet<>(fixed.keySet());
        limited.addAll(allowed.keySet());
        for (Param<?> param : tool.params()) {
            Param<?> adjusted = adjusted(tool, param, limited, fixed, defaults, allowed);
            // Model APIs refuse an empty enum.
            if (!List.of().equals(adjusted.type().words())) {
                params.add(adjusted);
            }
        }
        return tool.toBuilder().takesOnly(params).fixed(fixed).defaults(defaults);
    }

    private static Set<String> arguments(Tool tool) {
        OwnRow own = tool.own();
        return own == null ? new LinkedHashSet<>(tool.arguments()) : OwnToolLimits.arguments(own);
    }

    private static Set<String> limits(ToolSettings settings) {
        Set<String> limits = new TreeSet<>(settings.fixed().keySet());
        limits.addAll(settings.allowed().keySet());
        return limits;
    }

    /** Returns the settings of all tools for this tool's arguments, except replaced ones, and its own. */
    private static <T> Map<String, T> both(
            Predicate<String> has, Map<String, T> ofAll, Set<String> replaced, Map<String, T> own) {
        Map<String, T> both = new LinkedHashMap<>(ofAll);
        both.keySet().removeIf(name -> !has.test(name) || replaced.contains(name));
        both.putAll(own);
        return both;
    }

    /** Returns the argument with its settings, and puts the values into the form in which they are sent. */
    private static Param<?> adjusted(
            Tool tool,
            Param<?> given,
            Set<String> limited,
            Map<String, Object> fixed,
            Map<String, Object> defaults,
            Map<String, List<Object>> allowed) {
        String name = given.name();
        Param<?> param = given;
        if (name.equals(ApprovalTokens.ARGUMENT) && (limited.contains(name) || defaults.containsKey(name))) {
            throw new IllegalArgumentException("Only the calls themselves can set " + name);
        }
        if (param.change() == Param.Change.CLEARS) {
            param = withoutFields(tool, param, limited);
        }
        List<Object> values = allowed.get(name);
        if (values != null) {
            param = limited(tool, param, values);
        }
        Object constant = fixed.containsKey(name) ? fixed.get(name) : defaults.get(name);
        if (constant != null) {
            Object valid = valid(tool, param, constant);
            if (fixed.containsKey(name)) {
                fixed.put(name, valid);
            } else {
                defaults.put(name, valid);
                param = param.optional().description(sentence(param, "Default here: " + shown(valid) + "."));
            }
        }
        return param;
    }

    /** A field that is fixed or limited cannot be cleared, nor filtered for being empty. */
    private static Param<?> withoutFields(Tool tool, Param<?> clear, Set<String> limited) {
        List<Object> left = new ArrayList<>();
        boolean isLess = false;
        for (Object field : words(clear)) {
            boolean isLimited = tool.params().stream()
                    .anyMatch(param -> limited.contains(param.name())
                            && (param.name().equals(field) || param.field().equals(field)));
            isLess |= isLimited;
            if (!isLimited) {
                left.add(field);
            }
        }
        return isLess ? allowing(clear, left) : clear;
    }

    private static List<?> words(Param<?> param) {
        List<?> words = param.type().words();
        return words == null ? List.of() : words;
    }

    private static Param<?> limited(Tool tool, Param<?> param, List<Object> values) {
        Object type = param.type().schema().get("type");
        if ("object".equals(type) || isListOfObjects(param)) {
            throw new IllegalArgumentException("The values of " + param.name() + " of " + tool.name()
                    + " cannot be limited, because they are objects");
        }
        boolean isList = "array".equals(type);
        List<Object> valid = new ArrayList<>();
        for (Object value : values) {
            Object one = valid(tool, param, isList ? List.of(value) : value);
            valid.add(isList ? ((List<?>) one).get(0) : one);
        }
        // Two spellings of one value are one value.
        valid = valid.stream().distinct().toList();
        // The tool's own description may list other values.
        return allowing(param, valid)
                .sourceUntold()
                .description("Limited by the operator" + (valid.get(0) instanceof String ? "" : " to " + shown(valid))
                        + ".");
    }

    private static boolean isListOfObjects(Param<?> param) {
        return param.type().schema().get("items") instanceof Map<?, ?> items && "object".equals(items.get("type"));
    }

    private static <T> Param<T> allowing(Param<T> param, List<Object> values) {
        // What the operator allows replaces what is known of the account's own words.
        return param.typed(new AllowedType<>(param.type(), values)).aboutNothing();
    }

    private static Object valid(Tool tool, Param<?> param, Object value) {
        Object repaired = param.type().repair(value);
        List<ArgumentSchema.Problem> problems =
                new ArgumentSchema(Schemas.object(List.of(param), true)).problems(Map.of(param.name(), repaired));
        String complaint = problems.isEmpty()
                ? param.type().complaint(repaired)
                : Objects.requireNonNullElse(
                        param.type().expected(), problems.get(0).message());
        if (complaint != null) {
            throw new IllegalArgumentException(
                    tool.name() + " does not accept " + Text.brief(value) + " as " + param.name() + ": " + complaint);
        }
        return repaired;
    }

    private static String sentence(Param<?> param, String more) {
        return param.description().isEmpty() ? more : param.description() + " " + more;
    }

    private static String shown(Object value) {
        return value instanceof List<?> list
                ? String.join(", ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }
}
