package io.github.desk365mcp.tools.internal.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Maps a record of the API to an answer: which fields there are, and their names and types for a model.
 *
 * <p>Unlisted fields are passed on unchanged, so new fields are not lost; their texts count as written by outsiders.
 * Nulls, empty texts and empty lists are left out.
 */
public final class RecordMapping {

    /** Lists the images of a record's body that can be read. */
    public static final String INLINE_IMAGES = "inline_images";

    /** Names in answers that are not fields of the API. */
    private static final Set<String> OURS = Set.of(
            Answer.TRUNCATED,
            "body_format",
            "sent_files",
            "visibility",
            "emailed",
            "changed",
            "also_changed",
            "nothing_else_changed",
            "then");

    private final Map<String, Field> fields = new LinkedHashMap<>();

    private final List<String> names;

    /** By the name in answers; the first of several. */
    private final Map<String, Field> byName = new HashMap<>();

    /** By the name of a value with an unexpected type. */
    private final Map<String, Field> asSent = new HashMap<>();

    private final Consumer<Map<String, Object>> finish;

    /** The names of fields that the service never has in lists. */
    private final Set<String> notInLists;

    private RecordMapping(Consumer<Map<String, Object>> finish, List<Field> fields, Set<String> notInLists) {
        this.finish = finish;
        this.notInLists = notInLists;
        this.names = fields.stream().map(Field::name).distinct().toList();
        fields.forEach(field -> {
            this.fields.put(field.wire(), field);
            byName.putIfAbsent(field.name(), field);
            asSent.putIfAbsent(field.name() + Answer.AS_SENT, field);
        });
    }

    public static RecordMapping of(Field... fields) {
        return new RecordMapping(answer -> {}, List.of(fields), Set.of());
    }

    /** The same mapping, followed by a last change to each whole answer. */
    public RecordMapping finishedBy(Consumer<Map<String, Object>> last) {
        return new RecordMapping(last, List.copyOf(fields.values()), notInLists);
    }

    /** The same mapping, with these fields in every answer. */
    public RecordMapping always(String... names) {
        return new RecordMapping(
                finish,
                fields.values().stream()
                        .map(field -> List.of(names).contains(field.name()) ? field.always() : field)
                        .toList(),
                notInLists);
    }

    /** The same mapping; definitions of lists do not offer these fields. */
    public RecordMapping notInLists(String... names) {
        return new RecordMapping(finish, List.copyOf(fields.values()), Set.of(names));
    }

    /** The names of the fields that a list may have. */
    List<String> namesInLists() {
        return names().stream().filter(name -> !notInLists.contains(name)).toList();
    }

    public List<Field> fields() {
        return List.copyOf(fields.values());
    }

    /** The names of the fields in the API. */
    public Set<String> wires() {
        return Set.copyOf(fields.keySet());
    }

    /** The names and types of the fields, for a schema that requires none of them. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.values().forEach(field -> properties.put(field.name(), field.type()));
        return properties;
    }

    /** The names of the fields, without duplicates. */
    List<String> names() {
        return names;
    }

    /** The names of the fields that a view does not show. */
    List<String> hidden(AnswerOptions view) {
        Set<String> shown = new HashSet<>();
        fields.values().forEach(field -> {
            if (view.shows(field)) {
                shown.add(field.name());
            }
        });
        return names.stream().filter(name -> !shown.contains(name)).toList();
    }

    /** Whether any of these records of the API has the field, even if it is empty. */
    boolean isIn(List<?> records, String name) {
        return fields.values().stream()
                .filter(field -> field.name().equals(name))
                .anyMatch(field -> records.stream()
                        .anyMatch(record -> record instanceof Map<?, ?> map && map.containsKey(field.wire())));
    }

    boolean hasBodies() {
        return fields.values().stream().anyMatch(Field::html);
    }

    boolean showsBody(Map<String, Object> answer) {
        return fields.values().stream().anyMatch(field -> field.html() && answer.containsKey(field.name()));
    }

    /**
     * The texts in a record that outsiders wrote, with their writers. Unlisted fields are included, since their writer
     * is unknown.
     *
     * @param unknownAlone whether to return only texts whose writer is unknown
     */
    Map<String, Field.Writer> written(Map<?, ?> record, boolean unknownAlone) {
        Map<String, Field.Writer> written = new LinkedHashMap<>();
        record.forEach((key, value) -> {
            String name = String.valueOf(key);
            Field field = byName.get(name);
            if (field == null ? !OURS.contains(name) && hasText(value) : field.hidesText(value)) {
                Field sent = field == null ? asSent.get(name) : field;
                written.put(name, sent == null || sent.writer() == null ? Field.Writer.CONTACT : sent.writer());
            } else if (field != null && field.writer() != null && !unknownAlone) {
                written.put(name, field.writer());
            }
        });
        return written;
    }

    private static boolean hasText(@Nullable Object value) {
        return value instanceof String || value instanceof List<?> || value instanceof Map<?, ?>;
    }

    /** The answer, with the fields that are to be shown. */
    public Map<String, Object> convert(Map<?, ?> document, AnswerOptions view) {
        Map<String, Object> answer = new LinkedHashMap<>();
        document.forEach((name, value) -> {
            String wire = String.valueOf(name);
            if (!isNothing(value)) {
                put(answer, wire, fields.get(wire), value, view);
            }
        });
        finish.accept(answer);
        fields.values().forEach(field -> {
            if (!view.shows(field) && !isShownWithBody(field.name(), view)) {
                answer.remove(field.name());
                answer.remove(field.name() + Answer.AS_SENT);
            }
        });
        answer.keySet().removeIf(name -> {
            Field sent = asSent.get(name);
            return !view.names(name) && !isShownWithBody(name, view) && (sent == null || !view.names(sent.name()));
        });
        return answer;
    }

    /** A requested body names its images, so the list of them is part of it. */
    private boolean isShownWithBody(String name, AnswerOptions view) {
        return name.equals(INLINE_IMAGES)
                && fields.values().stream().anyMatch(field -> field.html() && view.asksFor(field.name()));
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null
                || value instanceof String text && text.isEmpty()
                || value instanceof List<?> list && list.isEmpty();
    }

    private void put(Map<String, Object> answer, String wire, @Nullable Field field, Object value, AnswerOptions view) {
        if (field == null) {
            answer.putIfAbsent(OURS.contains(wire) ? wire + Answer.AS_SENT : wire, value);
            return;
        }
        if (field.html() && !view.shows(field) && !(fields.containsKey(INLINE_IMAGES) && view.asksFor(INLINE_IMAGES))) {
            // Conversion is expensive. Other hidden fields are kept for the last change to the answer.
            return;
        }
        Object converted = field.conversion().apply(value);
        if (converted == null) {
            // A value of unexpected type is kept under a name that cannot violate the output schema.
            answer.putIfAbsent(field.name() + Answer.AS_SENT, value);
        } else if (converted != Field.LEAVE_OUT) {
            List<Map<String, Object>> images = new ArrayList<>();
            Object shown = shown(field, converted, view, images);
            if (!isNothing(shown)) {
                // If the service sends a value in two forms, the better one comes first.
                answer.putIfAbsent(field.name(), shown);
            }
            if (!images.isEmpty() && fields.containsKey(INLINE_IMAGES)) {
                answer.put(INLINE_IMAGES, images);
            }
        }
    }

    private static Object shown(Field field, Object converted, AnswerOptions view, List<Map<String, Object>> images) {
        if (field.html() && converted instanceof String html) {
            return view.body(html, field.answers(), image -> {
                Map<String, Object> listed = new LinkedHashMap<>();
                listed.put("file_name", image.name());
                listed.put("attachment_url", image.link());
                images.add(listed);
            });
        }
        return converted;
    }
}
