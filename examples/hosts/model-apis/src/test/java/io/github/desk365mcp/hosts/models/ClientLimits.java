package io.github.desk365mcp.hosts.models;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The limits of clients and model APIs for definitions, according to their documentation and bug trackers (November
 * 2026). One invalid tool usually fails the whole request, so each method returns all problems of all tools.
 */
final class ClientLimits {

    /** The server name in a client's configuration. A longer name would exceed the limits. */
    static final String SERVER = "desk365";

    private static final Set<String> COMBINATORS = Set.of("oneOf", "anyOf", "allOf", "not", "enum", "const");
    private static final Set<String> STRICT = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "description",
            "anyOf",
            "pattern",
            "format",
            "multipleOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minItems",
            "maxItems",
            "$ref",
            "$defs");
    private static final Set<String> OPEN_API = Set.of(
            "type",
            "description",
            "properties",
            "required",
            "items",
            "enum",
            "nullable",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "anyOf",
            "title");
    private static final Schema DRAFT_7 = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_7.getDialectId()));

    private final List<String> problems = new ArrayList<>();

    private ClientLimits() {}

    /** OpenAI Responses, with {@code strict: false}. */
    static List<String> openAi(List<Map<String, Object>> tools) {
        ClientLimits limits = new ClientLimits();
        limits.check(tools.size() <= 128, "", "more than 128 tools");
        for (Map<String, Object> tool : tools) {
            Map<String, Object> schema = Features.plain(tool.get("parameters"));
            limits.named(tool, "[A-Za-z0-9_-]{1,64}", 1_024);
            limits.root(tool, schema);
            limits.check(
                    tool.get("strict") instanceof Boolean, tool, "strict is missing, so OpenAI changes the schema");
        }
        return limits.problems;
    }

    static List<String> openAiStrict(List<Map<String, Object>> tools) {
        ClientLimits limits = new ClientLimits();
        limits.problems.addAll(openAi(tools));
        for (Map<String, Object> tool : tools) {
            int[] counts = new int[3];
            walk(Features.plain(tool.get("parameters")), 1, (schema, depth) -> {
                limits.check(STRICT.containsAll(schema.keySet()), tool, "unknown keyword in " + schema.keySet());
                limits.check(depth <= 10, tool, "deeper than 10");
                if (isOf(schema, "object")) {
                    Map<String, Object> properties = Features.plain(schema.getOrDefault("properties", Map.of()));
                    limits.check(Boolean.FALSE.equals(schema.get("additionalProperties")), tool, "an open object");
                    limits.check(
                            schema.get("required") instanceof List<?> names && names.containsAll(properties.keySet()),
                            tool,
                            "not all is required");
                    counts[0] += properties.size();
                    counts[2] += String.join("", properties.keySet()).length();
                }
                if (schema.get("enum") instanceof List<?> words) {
                    counts[1] += words.size();
                    words.forEach(word -> counts[2] += String.valueOf(word).length());
                }
            });
            limits.check(counts[0] <= 5_000, tool, "more than 5000 properties");
            limits.check(counts[1] <= 1_000, tool, "more than 1000 words in enums");
            limits.check(counts[2] <= 120_000, tool, "more than 120000 characters of names and words");
        }
        return limits.problems;
    }

    static List<String> anthropic(List<Map<String, Object>> tools) {
        ClientLimits limits = new ClientLimits();
        limits.check(tools.size() <= 128, "", "more than 128 tools");
        for (Map<String, Object> tool : tools) {
            Map<String, Object> schema = Features.plain(tool.get("input_schema"));
            limits.named(tool, "[a-zA-Z0-9_-]{1,64}", 10_000);
            limits.root(tool, schema);
            Features.plain(schema.get("properties"))
                    .keySet()
                    .forEach(key -> limits.check(key.matches("[a-zA-Z0-9_.-]{1,64}"), tool, "the property " + key));
            walk(schema, 1, (inner, depth) -> limits.check(!inner.containsKey("$ref"), tool, "$ref"));
        }
        return limits.problems;
    }

    static List<String> gemini(List<Map<String, Object>> tools) {
        ClientLimits limits = new ClientLimits();
        for (Map<String, Object> tool : tools) {
            limits.named(tool, "[A-Za-z_][A-Za-z0-9_.:-]{0,63}", 10_000);
            if (tool.containsKey("parameters")) {
                walk(Features.plain(tool.get("parameters")), 1, (schema, depth) -> {
                    limits.check(OPEN_API.containsAll(schema.keySet()), tool, "unknown keyword in " + schema.keySet());
                    limits.check(depth <= 32, tool, "deeper than 32");
                    limits.check(schema.get("type") instanceof String, tool, "not one type");
                    limits.check(!schema.containsKey("enum") || isOf(schema, "string"), tool, "enum of no strings");
                    limits.check(
                            !isOf(schema, "object")
                                    || schema.get("properties") instanceof Map<?, ?> properties
                                            && !properties.isEmpty(),
                            tool,
                            "an object without properties");
                    limits.items(tool, schema);
                });
            }
        }
        return limits.problems;
    }

    /** Cursor. It silently leaves out a tool with a longer name. */
    static List<String> cursor(List<Map<String, Object>> tools) {
        ClientLimits limits = new ClientLimits();
        for (Map<String, Object> tool : tools) {
            limits.check((SERVER + tool.get("name")).length() <= 60, tool, "more than 60 characters with the server's");
        }
        return limits.problems;
    }

    static List<String> vsCode(List<Map<String, Object>> tools) {
        ClientLimits limits = new ClientLimits();
        limits.check(tools.size() <= 128, "", "more than 128 tools");
        for (Map<String, Object> tool : tools) {
            Map<String, Object> schema = Features.plain(tool.get("inputSchema"));
            limits.named(tool, "(?i)[a-z0-9_-]+", Integer.MAX_VALUE);
            DRAFT_7.validate(new JsonDocument(schema).toJson(), InputFormat.JSON)
                    .forEach(error -> limits.check(false, tool, "no schema of draft 7: " + error));
            walk(schema, 1, (inner, depth) -> limits.items(tool, inner));
        }
        return limits.problems;
    }

    /** Claude Code, and the directory of connectors. */
    static List<String> claude(List<Map<String, Object>> tools) {
        ClientLimits limits = new ClientLimits();
        for (Map<String, Object> tool : tools) {
            limits.named(tool, "[a-zA-Z0-9_-]{1,64}", 2_048);
            limits.check(
                    ("mcp__" + SERVER + "__" + tool.get("name")).length() <= 64,
                    tool,
                    "more than 64 with the server's");
            Map<String, Object> hints = Features.plain(tool.getOrDefault("annotations", Map.of()));
            limits.check(tool.get("title") instanceof String, tool, "no title");
            limits.check(
                    hints.keySet()
                            .containsAll(Set.of("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")),
                    tool,
                    "hints are missing");
        }
        return limits.problems;
    }

    private void named(Map<String, Object> tool, String pattern, int most) {
        check(String.valueOf(tool.get("name")).matches(pattern), tool, "the name");
        check(
                tool.get("description") instanceof String text && !text.isBlank() && text.length() <= most,
                tool,
                "the description");
    }

    private void root(Map<String, Object> tool, Map<String, Object> schema) {
        check("object".equals(schema.get("type")) && schema.get("properties") != null, tool, "no object at the root");
        check(COMBINATORS.stream().noneMatch(schema::containsKey), tool, "a combinator at the root");
        walk(schema, 1, (inner, depth) -> items(tool, inner));
    }

    private void items(Map<String, Object> tool, Map<String, Object> schema) {
        check(!isOf(schema, "array") || schema.get("items") instanceof Map, tool, "an array without items");
    }

    private void check(boolean holds, Object tool, String problem) {
        if (!holds) {
            problems.add((tool instanceof Map<?, ?> map ? map.get("name") : tool) + ": " + problem);
        }
    }

    private static boolean isOf(Map<String, Object> schema, String type) {
        Object types = schema.get("type");
        return type.equals(types) || types instanceof List<?> list && list.contains(type);
    }

    private static void walk(@Nullable Object schema, int depth, BiConsumer<Map<String, Object>, Integer> check) {
        Map<String, Object> map = Features.plain(schema);
        check.accept(map, depth);
        if (map.get("properties") instanceof Map<?, ?> properties) {
            properties.values().forEach(property -> walk(property, depth + 1, check));
        }
        if (map.get("items") instanceof Map<?, ?> items) {
            walk(items, depth + 1, check);
        }
    }
}
