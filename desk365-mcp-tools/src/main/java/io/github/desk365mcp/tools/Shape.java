package io.github.desk365mcp.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The form of an answer: which fields the API sends, and what they are called and look like for a model.
 *
 * <p>Fields that are not listed pass as they are, so nothing new is lost. Nulls are left out.
 */
final class Shape {

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Consumer<Map<String, Object>> finish;

    private Shape(Consumer<Map<String, Object>> finish, List<Field> fields) {
        this.finish = finish;
        fields.forEach(field -> this.fields.put(field.wire(), field));
    }

    static Shape of(Field... fields) {
        return new Shape(answer -> {}, List.of(fields));
    }

    /** The same shape, with a last look at each whole answer. */
    Shape finishedBy(Consumer<Map<String, Object>> last) {
        return new Shape(last, List.copyOf(fields.values()));
    }

    List<Field> fields() {
        return List.copyOf(fields.values());
    }

    /** What the fields are called and of which type they are; nothing is promised to be there. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.values().forEach(field -> properties.put(field.name(), field.type()));
        return properties;
    }

    /** The answer in a model's words. */
    Map<String, Object> convert(Map<?, ?> document) {
        Map<String, Object> answer = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            String wire = String.valueOf(name);
            if (value != null) {
                put(answer, wire, fields.get(wire), value);
            }
        });
        finish.accept(answer);
        return answer;
    }

    private static void put(Map<String, Object> answer, String wire, @Nullable Field field, Object value) {
        Object converted = field == null ? value : field.conversion().apply(value);
        if (field == null) {
            answer.putIfAbsent(wire, value);
        } else if (converted == null) {
            // Of another kind than was ever seen: kept, but where it cannot break the output schema.
            answer.put(field.name() + "_as_sent", value);
        } else if (converted != Field.LEAVE_OUT) {
            answer.put(field.name(), converted);
        }
    }
}
