package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type of which an operator allows only some values; of a list, only some items. */
public final class AllowedType<T> extends Type<T> {

    private final Type<T> type;
    private final List<Object> allowed;

    /** @param allowed in the form that the type, or an item of its list, repairs values to */
    public AllowedType(Type<T> type, List<Object> allowed) {
        this.type = type;
        this.allowed = List.copyOf(allowed);
    }

    @Override
    public Map<String, Object> schema() {
        return limited(type.schema());
    }

    @Override
    Map<String, Object> fullSchema() {
        return limited(type.fullSchema());
    }

    /** Some model APIs refuse enums of numbers; the argument's description says these. */
    private Map<String, Object> limited(Map<String, Object> schema) {
        Map<String, Object> limited = new LinkedHashMap<>(schema);
        if (schema.get("items") instanceof Map<?, ?> items) {
            Map<String, Object> item = new LinkedHashMap<>();
            items.forEach((key, value) -> item.put(String.valueOf(key), value));
            limited.put("items", limited(item));
        } else if ("string".equals(schema.get("type"))) {
            limited.put("enum", allowed);
        }
        return limited;
    }

    @Override
    T read(Object valid) {
        return type.read(valid);
    }

    @Override
    public Object repair(Object given) {
        Object word = known(given);
        // An allowed word that has commas is not split.
        boolean isItem = "array".equals(type.schema().get("type")) && allowed.contains(word);
        Object repaired = type.repair(isItem ? List.of(word) : word);
        if (repaired instanceof List<?> items) {
            List<Object> known = items.stream().<Object>map(this::known).toList();
            return known.equals(repaired) ? repaired : known;
        }
        return known(repaired);
    }

    private Object known(Object given) {
        return given instanceof String text
                ? allowed.stream()
                        .filter(value -> value instanceof String word && Ascii.isSame(word, text.strip()))
                        .findFirst()
                        .orElse(given)
                : given;
    }

    @Override
    @Nullable
    public String complaint(Object valid) {
        String complaint = type.complaint(valid);
        if (complaint != null) {
            return complaint;
        }
        for (Object one : valid instanceof List<?> items ? items : List.of(valid)) {
            if (!isAllowed(one)) {
                return expected() + ", not " + Text.brief(one);
            }
        }
        return null;
    }

    private boolean isAllowed(Object value) {
        return allowed.stream()
                .anyMatch(one -> one instanceof Number number && value instanceof Number given
                        ? number.longValue() == given.longValue() && number.doubleValue() == given.doubleValue()
                        : one.equals(value));
    }

    @Override
    public String expected() {
        return (allowed.size() == 1 ? "" : "one of ")
                + String.join(", ", allowed.stream().map(String::valueOf).toList());
    }
}
