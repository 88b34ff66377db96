package io.github.desk365mcp.tools;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON for people. */
final class PrettyJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PrettyJson() {}

    static String of(Object value) {
        return MAPPER.writeValueAsString(value).replace("\r\n", "\n") + "\n";
    }

    /** The value with long texts and long lists cut, for a document. */
    static Object shortened(Object value) {
        if (value instanceof String text && text.length() > 60) {
            return text.substring(0, 57) + "...";
        }
        if (value instanceof List<?> list) {
            return list.stream().limit(1).map(PrettyJson::shortened).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new java.util.LinkedHashMap<>();
            map.forEach((name, field) -> copy.put(name, field == null ? null : shortened(field)));
            return copy;
        }
        return value;
    }
}
