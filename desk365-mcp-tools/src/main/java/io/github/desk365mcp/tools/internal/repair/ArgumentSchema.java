package io.github.desk365mcp.tools.internal.repair;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Validates arguments against the schema of one of our tools.
 *
 * <p>It supports only the keywords that our schemas use and rejects all others. So we need no validation library, which
 * could conflict with the host's version.
 */
public final class ArgumentSchema {

    private static final Set<String> KEYWORDS =
            Set.of("type", "properties", "required", "additionalProperties", "enum", "items", "description");

    private static final Map<String, String> WORDS = Map.of(
            "string", "a string",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false",
            "array", "a list",
            "object", "an object");

    /** The kind of problem. */
    enum Kind {
        UNKNOWN,
        MISSING,
        OTHER
    }

    /**
     * One problem.
     *
     * @param argument the name of the argument
     * @param inside the path within the argument; empty for the argument itself
     * @param message what is wrong
     */
    public record Problem(Kind kind, String argument, String inside, String message) {}

    private final Map<String, Object> schema;

    public ArgumentSchema(Map<String, Object> schema) {
        know(schema);
        this.schema = schema;
    }

    /** Returns all problems: first unknown arguments, then missing ones, then the rest. */
    public List<Problem> problems(Map<String, Object> arguments) {
        List<Problem> found = new ArrayList<>();
        fields("", "", schema, arguments, found);
        found.sort(Comparator.comparing(Problem::kind)
                .thenComparing(Problem::argument)
                .thenComparing(Problem::inside));
        return found;
    }

    private static void value(
            String argument, String inside, Map<?, ?> schema, @Nullable Object value, List<Problem> found) {
        Object type = schema.get("type");
        if (!is(type, value)) {
            found.add(new Problem(Kind.OTHER, argument, inside, "expected " + WORDS.get(type)));
        } else if (schema.get("enum") instanceof List<?> words && words.stream().noneMatch(word -> same(word, value))) {
            found.add(new Problem(Kind.OTHER, argument, inside, "expected one of " + words));
        } else if (value instanceof Map<?, ?> object) {
            fields(argument, inside, schema, object, found);
        } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < list.size(); i++) {
                value(argument, inside + "[" + i + "]", items, list.get(i), found);
            }
        }
    }

    /** Checks the fields of an object; at the root these are the arguments. */
    private static void fields(
            String argument, String inside, Map<?, ?> schema, Map<?, ?> object, List<Problem> found) {
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
        boolean root = argument.isEmpty();
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (!object.containsKey(name)) {
                    found.add(problem(Kind.MISSING, argument, String.valueOf(name)));
                }
            }
        }
        object.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (properties.get(name) instanceof Map<?, ?> property) {
                value(root ? name : argument, root ? "" : inside + "." + name, property, value, found);
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                found.add(problem(Kind.UNKNOWN, argument, name));
            }
        });
    }

    private static Problem problem(Kind kind, String argument, String name) {
        return argument.isEmpty() ? new Problem(kind, name, "", "") : new Problem(kind, argument, name, "");
    }

    private static boolean is(@Nullable Object type, @Nullable Object value) {
        return switch (String.valueOf(type)) {
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "array" -> value instanceof List<?>;
            case "object" -> value instanceof Map<?, ?>;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Number number && isWhole(number);
            default -> throw new IllegalStateException("Unknown type: " + type);
        };
    }

    /** As in JSON Schema, 5.0 is an integer. */
    private static boolean isWhole(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().scale() <= 0;
    }

    private static boolean same(Object word, @Nullable Object value) {
        return word instanceof Number known && value instanceof Number given
                ? new BigDecimal(known.toString()).compareTo(new BigDecimal(given.toString())) == 0
                : word.equals(value);
    }

    private static void know(Map<?, ?> schema) {
        for (Object keyword : schema.keySet()) {
            if (!KEYWORDS.contains(String.valueOf(keyword))) {
                throw new IllegalStateException("Unsupported keyword: " + keyword);
            }
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.values().forEach(property -> know((Map<?, ?>) property));
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            know(items);
        }
    }
}
