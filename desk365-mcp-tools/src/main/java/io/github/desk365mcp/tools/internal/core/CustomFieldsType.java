package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.CustomFieldName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Custom fields by name; the API prefixes each name with cf_. */
public final class CustomFieldsType extends Type<Map<String, Object>> {

    private final boolean several;

    /**
     * Creates the type.
     *
     * @param several whether a field may have several values, separated by commas, as in filters
     */
    CustomFieldsType(boolean several) {
        this.several = several;
    }

    @Override
    public Map<String, Object> schema() {
        return typed("object");
    }

    @Override
    @SuppressWarnings("unchecked")
    Map<String, Object> read(Object valid) {
        return (Map<String, Object>) valid;
    }

    @Override
    public Object repair(Object given) {
        if (!(parsed(given, '{') instanceof Map<?, ?> fields)) {
            return given;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        fields.forEach((name, value) -> named.put(CustomFieldName.of(String.valueOf(name)), values(value)));
        return named.size() < fields.size() || named.equals(given) ? given : named;
    }

    private @Nullable Object values(@Nullable Object value) {
        return several && value instanceof String text && (text.indexOf(',') >= 0 || text.indexOf('[') >= 0)
                ? WORDS.repair(text)
                : value;
    }

    @Override
    @Nullable
    public String complaint(Object valid) {
        Map<?, ?> fields = (Map<?, ?>) valid;
        Set<?> names = fields.keySet();
        if (several && fields.values().stream().anyMatch(Type::isBrokenList)) {
            return "fields with a value each, or a list of values; a text that begins with [ must be a complete JSON list";
        }
        return names.stream().allMatch(name -> String.valueOf(name).matches("(?s)cf_.*\\S.*"))
                ? null
                : "an object of fields by name, such as {\"cf_Site Name\": \"Turin\"}";
    }
}
