package io.github.desk365mcp.tools.internal.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object with described fields; one in a text is accepted too. */
public final class ObjectType extends Type<Map<String, Object>> {

    private final List<Param<?>> fields;

    ObjectType(List<Param<?>> fields) {
        this.fields = fields;
    }

    @Override
    public Map<String, Object> schema() {
        return Schemas.object(fields, true);
    }

    @Override
    @SuppressWarnings("unchecked")
    Map<String, Object> read(Object valid) {
        return (Map<String, Object>) valid;
    }

    @Override
    public Object repair(Object given) {
        Object value = parsed(given, '{');
        if (!(value instanceof Map<?, ?> map)) {
            return given;
        }
        Map<String, Object> repaired = new LinkedHashMap<>();
        map.forEach((name, field) -> {
            if (field != null) {
                repaired.put(String.valueOf(name), repairField(String.valueOf(name), field));
            }
        });
        return repaired.equals(given) ? given : repaired;
    }

    private Object repairField(String name, Object value) {
        for (Param<?> field : fields) {
            if (field.name().equals(name)) {
                return field.type().repair(value);
            }
        }
        return value;
    }

    @Override
    @Nullable
    public String complaint(Object valid) {
        for (Param<?> field : fields) {
            Object value = ((Map<?, ?>) valid).get(field.name());
            String complaint = value == null ? null : field.type().complaint(value);
            if (complaint != null) {
                return "given so that " + field.name() + " is " + complaint;
            }
        }
        return null;
    }
}
