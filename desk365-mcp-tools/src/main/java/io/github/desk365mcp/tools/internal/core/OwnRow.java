package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.OwnTool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a tool of the host's own has in place of parameters.
 *
 * @param schema as models see it, without the token
 * @param check finds what is wrong with the arguments of a call
 */
public record OwnRow(OwnTool tool, Map<String, Object> schema, Check check) {

    /** The argument for approvals, which is not the handler's. */
    public static final String TOKEN = "approval_token";

    /** Checks arguments against the schema. Thread-safe. */
    public interface Check {

        /** Returns a sentence without its period for each problem; an empty list if the arguments are valid. */
        List<String> problems(Map<String, Object> arguments);
    }

    /** The schema with the properties of these parameters too. */
    public Map<String, Object> schema(List<Param<?>> more, Names names) {
        Map<String, Object> whole = new LinkedHashMap<>(schema);
        Map<String, Object> properties = new LinkedHashMap<>();
        if (whole.get("properties") instanceof Map<?, ?> own) {
            own.forEach((name, property) -> properties.put(String.valueOf(name), property));
        }
        more.forEach(param -> properties.put(param.name(), param.schema(names)));
        // Present even if empty: some model APIs refuse the whole request over an object without properties.
        whole.put("properties", properties);
        return whole;
    }

    /** The names of the arguments that every call must have. */
    public List<String> required() {
        return schema.get("required") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The arguments of the handler. */
    public static JsonDocument arguments(Map<String, Object> arguments) {
        if (!arguments.containsKey(TOKEN)) {
            return new JsonDocument(arguments);
        }
        Map<String, Object> others = new LinkedHashMap<>(arguments);
        others.keySet().removeAll(Set.of(TOKEN));
        return new JsonDocument(others);
    }
}
