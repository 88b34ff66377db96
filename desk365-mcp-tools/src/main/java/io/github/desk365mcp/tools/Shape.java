package io.github.desk365mcp.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The form of an answer: which fields the API sends, and what they are called and look like for a model.
 *
 * <p>Fields that are not listed pass as they are, so nothing new is lost. Nulls, empty texts and empty lists are left
 * out.
 */
final class Shape {

    /** Ends the name of a value that is of another kind than was ever seen. */
    private static final String AS_SENT = "_as_sent";

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

    /** The same shape, with these fields in every answer. */
    Shape always(String... names) {
        return new Shape(
                finish,
                fields.values().stream()
                        .map(field -> List.of(names).contains(field.name()) ? field.always() : field)
                        .toList());
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

    /** The fields, each name once. */
    List<String> names() {
        return List.copyOf(properties().keySet());
    }

    boolean shows(String name, View view) {
        return fields.values().stream().anyMatch(field -> field.name().equals(name) && view.shows(field));
    }

    boolean hasBodies() {
        return fields.values().stream().anyMatch(Field::html);
    }

    boolean showsBody(Map<String, Object> answer) {
        return fields.values().stream().anyMatch(field -> field.html() && answer.containsKey(field.name()));
    }

    /** The texts in an answer that came from outside, with their writers. */
    Map<String, Field.Writer> written() {
        Map<String, Field.Writer> written = new LinkedHashMap<>();
        fields.values().forEach(field -> {
            if (field.writer() != null) {
                written.put(field.name(), field.writer());
                written.put(field.name() + AS_SENT, field.writer());
            }
        });
        return written;
    }

    /** The answer in a model's words, as far as it is to be shown. */
    Map<String, Object> convert(Map<?, ?> document, View view) {
        Map<String, Object> answer = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            String wire = String.valueOf(name);
            if (!isNothing(value)) {
                put(answer, wire, fields.get(wire), value, view);
            }
        });
        finish.accept(answer);
        fields.values().forEach(field -> {
            if (!view.shows(field)) {
                answer.remove(field.name());
                answer.remove(field.name() + AS_SENT);
            }
        });
        answer.keySet().removeIf(name -> !view.names(name));
        return answer;
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null
                || value instanceof String text && text.isEmpty()
                || value instanceof List<?> list && list.isEmpty();
    }

    private static void put(Map<String, Object> answer, String wire, @Nullable Field field, Object value, View view) {
        if (field == null) {
            answer.putIfAbsent(wire, value);
            return;
        }
        if (field.html() && !view.shows(field)) {
            // Not worth the work; other fields may tell a last look something.
            return;
        }
        Object converted = field.conversion().apply(value);
        if (converted == null) {
            // Of another kind than was ever seen: kept, but where it cannot break the output schema.
            answer.putIfAbsent(field.name() + AS_SENT, field.writer() == null ? value : Invisible.stripIn(value));
        } else if (converted != Field.LEAVE_OUT) {
            Object shown = shown(field, converted, view);
            if (!isNothing(shown)) {
                // Of two forms of the same, the service sends the better one first.
                answer.putIfAbsent(field.name(), shown);
            }
        }
    }

    private static Object shown(Field field, Object converted, View view) {
        if (field.html() && converted instanceof String html) {
            return view.body(html, field.answers());
        }
        return field.writer() == null ? converted : Invisible.stripIn(converted);
    }
}
