package io.github.desk365mcp.tools.internal.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Object schemas in a form that every client accepts: no combinators, no references, no unknown keywords. */
public final class Schemas {

    private Schemas() {}

    public static Map<String, Object> object(List<Param<?>> params, boolean closed) {
        return object(params, closed, param -> param.schema(Names.FULL));
    }

    public static Map<String, Object> object(
            List<Param<?>> params, boolean closed, Function<Param<?>, Map<String, Object>> value) {
        Map<String, Object> properties = new LinkedHashMap<>();
        params.forEach(param -> properties.put(param.name(), value.apply(param)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        // Present even if empty: some model APIs refuse the whole request over an object without properties.
        schema.put("properties", properties);
        List<String> required =
                params.stream().filter(Param::isRequired).map(Param::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (closed) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }
}
