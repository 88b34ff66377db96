package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON for people. */
final class PrettyJson {

    private PrettyJson() {}

    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, "", text);
        return text.append('\n').toString();
    }

    private static void write(@Nullable Object value, String indent, StringBuilder text) {
        String inner = indent + "  ";
        String separator = "";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('{');
            for (Map.Entry<?, ?> field : map.entrySet()) {
                text.append(separator).append('\n').append(inner);
                text.append(scalar(field.getKey())).append(": ");
                write(field.getValue(), inner, text);
                separator = ",";
            }
            text.append('\n').append(indent).append('}');
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            text.append('[');
            for (Object item : list) {
                text.append(separator).append('\n').append(inner);
                write(item, inner, text);
                separator = ",";
            }
            text.append('\n').append(indent).append(']');
        } else {
            text.append(scalar(value));
        }
    }

    private static String scalar(@Nullable Object value) {
        String json = new JsonDocument(Collections.singletonMap("v", value)).toJson();
        return json.substring("{\"v\":".length(), json.length() - 1);
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
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, field) -> copy.put(name, field == null ? null : shortened(field)));
            return copy;
        }
        return value;
    }
}
