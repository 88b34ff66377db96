package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.CustomFieldName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields of the account's own, by name; the API puts cf_ before each. */
public final class CustomFieldsType extends Type<Map<String, Object>> {

    private final boolean several;

    /** A filter takes several values for a field, which commas part. */
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
            return "fields with a value each, or a list of values; a text that begins with [ is no whole JSON list";
        }
        return names.stream().allMatch(name -> String.valueOf(name).matches("(?s)cf_.*\\S.*"))
                ? null
                : "an object of fields by name, such as {\"cf_Site Name\": \"Turin\"}";
    }
}
