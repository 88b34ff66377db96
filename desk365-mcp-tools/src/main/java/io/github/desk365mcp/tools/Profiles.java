package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts definitions to the formats of model APIs. */
final class Profiles {

    private Profiles() {}

    static Map<String, Object> of(ToolDefinition tool, Profile profile) {
        return switch (profile) {
            case MCP -> tool.toMap();
            // Strict modes know few keywords of JSON Schema.
            case OPENAI_STRICT ->
                tool.isOwn() ? openAi(tool, tool.inputSchema(), false) : openAi(tool, strict(tool.inputSchema()), true);
            case OPENAI -> openAi(tool, tool.inputSchema(), false);
            case OPENAI_CHAT_STRICT -> chat(of(tool, Profile.OPENAI_STRICT));
            case OPENAI_CHAT -> chat(of(tool, Profile.OPENAI));
            case ANTHROPIC -> named(tool, "input_schema", tool.inputSchema());
            case GEMINI -> forGemini(tool);
        };
    }

    /** Returns the value of {@code tools} in a request, or in a result of MCP's {@code tools/list}. */
    static List<Map<String, Object>> of(List<ToolDefinition> tools, Profile profile) {
        List<Map<String, Object>> list =
                tools.stream().map(tool -> of(tool, profile)).toList();
        return profile == Profile.GEMINI ? List.of(Map.of("functionDeclarations", list)) : list;
    }

    private static Map<String, Object> openAi(ToolDefinition tool, Map<String, Object> schema, boolean strict) {
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("type", "function");
        definition.putAll(named(tool, "parameters", schema));
        definition.put("strict", strict);
        return definition;
    }

    /** Moves everything but the type into {@code function}. */
    private static Map<String, Object> chat(Map<String, Object> definition) {
        Map<String, Object> function = new LinkedHashMap<>(definition);
        Map<String, Object> wrapped = new LinkedHashMap<>();
        wrapped.put("type", function.remove("type"));
        wrapped.put("function", function);
        return wrapped;
    }

    /** Omits empty parameters: Gemini refuses the whole request over an object schema without properties. */
    private static Map<String, Object> forGemini(ToolDefinition tool) {
        if (tool.isOwn()) {
            // "parameters" has few keywords; this member takes any JSON Schema.
            return named(tool, "parametersJsonSchema", tool.inputSchema());
        }
        Map<String, Object> definition = named(tool, "parameters", gemini(tool.inputSchema()));
        if (properties(tool.inputSchema()).isEmpty()) {
            definition.remove("parameters");
        }
        return definition;
    }

    private static Map<String, Object> named(ToolDefinition tool, String schemaKey, Map<String, Object> schema) {
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("name", tool.name());
        definition.put("description", tool.description());
        definition.put(schemaKey, schema);
        return definition;
    }

    /**
     * Makes every property required and closes every object: optional values may be null, and free-form objects become
     * JSON text.
     */
    private static Map<String, Object> strict(Map<String, Object> schema) {
        if (isFreeObject(schema)) {
            return asText(schema);
        }
        Map<String, Object> strict = new LinkedHashMap<>(schema);
        if (schema.get("items") instanceof Map<?, ?> items) {
            strict.put("items", strict(plain(items)));
        }
        if ("object".equals(schema.get("type"))) {
            Map<String, Object> properties = new LinkedHashMap<>();
            Object required = schema.get("required");
            properties(schema).forEach((name, property) -> {
                Map<String, Object> stricter = strict(plain(property));
                boolean needed = required instanceof List<?> names && names.contains(name);
                properties.put(name, needed ? stricter : nullable(stricter));
            });
            strict.put("properties", properties);
            strict.put("required", List.copyOf(properties.keySet()));
            strict.put("additionalProperties", false);
        }
        return strict;
    }

    private static Map<String, Object> nullable(Map<String, Object> schema) {
        Map<String, Object> nullable = new LinkedHashMap<>(schema);
        nullable.put("type", List.of(String.valueOf(schema.get("type")), "null"));
        if (schema.get("enum") instanceof List<?> words) {
            List<Object> withNull = new ArrayList<>(words);
            withNull.add(null);
            nullable.put("enum", withNull);
        }
        return nullable;
    }

    private static Map<String, Object> gemini(Map<String, Object> schema) {
        if (isFreeObject(schema)) {
            return asText(schema);
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        schema.forEach((key, value) -> {
            if (key.equals("properties")) {
                Map<String, Object> properties = new LinkedHashMap<>();
                properties(schema).forEach((name, property) -> properties.put(name, gemini(plain(property))));
                plain.put(key, properties);
            } else if (value instanceof Map<?, ?> map) {
                plain.put(key, gemini(plain(map)));
            } else if (!key.equals("additionalProperties")) {
                // The older form of Gemini's declarations refuses that keyword.
                plain.put(key, value);
            }
        });
        return plain;
    }

    /** An object with arbitrary fields, such as an account's custom fields. */
    private static boolean isFreeObject(Map<String, Object> schema) {
        return "object".equals(schema.get("type"))
                && !schema.containsKey("properties")
                && !Boolean.FALSE.equals(schema.get("additionalProperties"));
    }

    private static Map<String, Object> asText(Map<String, Object> schema) {
        Map<String, Object> text = new LinkedHashMap<>(schema);
        text.put("type", "string");
        text.put("description", schema.getOrDefault("description", "") + " As JSON text.");
        return text;
    }

    private static Map<String, Object> properties(Map<String, Object> schema) {
        return schema.get("properties") instanceof Map<?, ?> properties ? plain(properties) : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> plain(Object map) {
        return (Map<String, Object>) map;
    }
}
