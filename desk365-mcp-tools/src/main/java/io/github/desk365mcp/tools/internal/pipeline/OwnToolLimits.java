package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.ToolBuilder;
import io.github.desk365mcp.tools.internal.repair.OwnSchemas;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes an operator's values and limits into the schema of a host's own tool. */
final class OwnToolLimits {

    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    private static final String DEFS = "$defs";

    private final Tool tool;
    private final OwnRow row;

    OwnToolLimits(Tool tool, OwnRow row) {
        this.tool = tool;
        this.row = row;
    }

    /** The arguments that can be limited: those that the root of the schema describes. */
    static Set<String> arguments(OwnRow row) {
        return properties(row.schema()).keySet();
    }

    /**
     * Returns the tool with these values and limits of its {@link #arguments}.
     *
     * @throws IllegalArgumentException if an argument does not accept a value
     */
    ToolBuilder with(Map<String, Object> fixed, Map<String, Object> defaults, Map<String, List<Object>> allowed) {
        Map<String, Object> properties = properties(row.schema());
        allowed.forEach((name, values) -> properties.put(name, limited(name, properties.get(name), values)));
        Map<String, Object> checked = with(row.schema(), properties, required(Set.of()));
        fixed.forEach((name, value) -> check(name, properties.get(name), value));
        defaults.forEach((name, value) -> {
            check(name, properties.get(name), value);
            Map<String, Object> shown = object(properties.get(name));
            shown.put("default", value);
            properties.put(name, shown);
        });
        properties.keySet().removeAll(fixed.keySet());
        Map<String, Object> filledIn = new LinkedHashMap<>(fixed);
        filledIn.putAll(defaults);
        Map<String, Object> shown = with(row.schema(), properties, required(filledIn.keySet()));
        return tool.toBuilder()
                .own(new OwnRow(row.tool(), shown, OwnSchemas.check(tool.name(), checked)))
                .fixed(fixed)
                .defaults(defaults);
    }

    private Object limited(String name, @Nullable Object property, List<Object> values) {
        Map<String, Object> limited = object(property);
        boolean isList = "array".equals(limited.get("type"));
        values.forEach(value -> check(name, property, isList ? List.of(value) : value));
        List<Object> words = values.stream().distinct().toList();
        if (isList) {
            Map<String, Object> items = object(limited.get("items"));
            items.put("enum", words);
            limited.put("items", items);
        } else {
            limited.put("enum", words);
        }
        return limited;
    }

    private void check(String name, @Nullable Object property, Object value) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put(PROPERTIES, Map.of(name, property == null ? true : property));
        if (row.schema().get(DEFS) instanceof Map<?, ?> definitions) {
            schema.put(DEFS, definitions);
        }
        List<String> problems = OwnSchemas.check(tool.name(), schema).problems(Map.of(name, value));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    tool.name() + " does not accept " + Text.brief(value) + " as " + problems.get(0));
        }
    }

    private List<?> required(Set<String> filledIn) {
        return row.required().stream().filter(name -> !filledIn.contains(name)).toList();
    }

    private static Map<String, Object> with(
            Map<String, Object> schema, Map<String, Object> properties, List<?> required) {
        Map<String, Object> changed = new LinkedHashMap<>(schema);
        changed.put(PROPERTIES, new LinkedHashMap<>(properties));
        if (required.isEmpty()) {
            changed.remove(REQUIRED);
        } else {
            changed.put(REQUIRED, required);
        }
        return changed;
    }

    private static Map<String, Object> properties(Map<String, Object> schema) {
        return object(schema.get(PROPERTIES));
    }

    /** A copy; empty for the schemas true and null, which allow everything. */
    private static Map<String, Object> object(@Nullable Object schema) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (schema instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> copy.put(String.valueOf(name), value));
        }
        return copy;
    }
}
