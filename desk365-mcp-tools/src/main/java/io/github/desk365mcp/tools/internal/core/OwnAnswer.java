package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.JsonDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a tool of the host's own: any object.
 *
 * @param trusted the fields whose text the handler has written
 */
public record OwnAnswer(Set<String> trusted) implements Answer {

    private static final String RESULT = "result";

    @Override
    public Map<String, Object> schema() {
        return Answer.schemaOf(Map.of(TRUNCATED, Map.of("type", "object")));
    }

    @Override
    public Map<String, Object> convert(Object result, AnswerOptions view) {
        Object plain = plain(result);
        Map<String, Object> answer = new LinkedHashMap<>();
        if (plain instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> {
                if (value != null) {
                    answer.put(String.valueOf(name), value);
                }
            });
        } else if (plain != null) {
            answer.put(RESULT, plain);
        }
        Map<String, Object> copy = new LinkedHashMap<>(new JsonDocument(answer).toMap());
        shorten(copy, view);
        return copy;
    }

    /** Replaces records of the client by their fields. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonDocument document) {
            return document.toMap();
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            fields.forEach((name, field) -> copy.put(String.valueOf(name), plain(field)));
            return copy;
        }
        if (value instanceof Collection<?> items) {
            List<@Nullable Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        // Also a list that is read page by page, since it could have very many pages.
        throw new IllegalArgumentException("The handler returned a value that is not JSON: "
                + value.getClass().getName());
    }

    /** Leaves out the last items of the largest lists, and then the largest fields, until the answer is small enough. */
    private static void shorten(Map<String, Object> answer, AnswerOptions view) {
        AnswerSize size = view.size();
        Map<String, Object> cut = new LinkedHashMap<>();
        List<String> whole = new ArrayList<>();
        for (int over = size.of(answer) - size.tokens(); over > 0; over = size.of(answer) - size.tokens()) {
            String largest = largest(answer, cut, size);
            if (largest == null) {
                whole.addAll(size.slim(answer, size.tokens(), view));
                break;
            }
            List<?> items = (List<?>) Objects.requireNonNull(answer.get(largest));
            List<?> kept = fitting(items, size.of(Map.of(largest, items)) - over, size);
            answer.put(largest, kept);
            cut.put(largest, items.size() - kept.size());
        }
        if (!cut.isEmpty() || !whole.isEmpty()) {
            Map<String, Object> truncated = Answer.truncated(answer);
            if (!cut.isEmpty()) {
                truncated.put("items_left_out", cut);
            }
            if (!whole.isEmpty()) {
                truncated.put("fields_left_out", whole);
            }
        }
    }

    /** The largest list of several items that was not cut yet, if it is at least half of the answer. */
    private static @Nullable String largest(Map<String, Object> answer, Map<String, Object> cut, AnswerSize size) {
        String largest = null;
        int most = size.of(answer) / 2;
        for (Map.Entry<String, Object> field : answer.entrySet()) {
            if (field.getValue() instanceof List<?> items && items.size() > 1 && !cut.containsKey(field.getKey())) {
                int its = size.of(Map.of(field.getKey(), items));
                if (its > most) {
                    largest = field.getKey();
                    most = its;
                }
            }
        }
        return largest;
    }

    /** The first items that fit, but at least one. */
    private static List<?> fitting(List<?> items, int room, AnswerSize size) {
        int left = room;
        int count = 0;
        for (Object item : items) {
            left -= size.of(Map.of("", item == null ? "" : item));
            if (left < 0 && count > 0) {
                break;
            }
            count++;
        }
        return items.subList(0, count);
    }

    @Override
    public Map<String, String> untrusted(Map<String, Object> answer) {
        Map<String, String> untrusted = new LinkedHashMap<>();
        answer.forEach((name, value) -> {
            if (!trusted.contains(name) && !name.equals(TRUNCATED) && hasText(value)) {
                untrusted.put(name, Field.Writer.CONTACT.word());
            }
        });
        return untrusted;
    }

    /** What a handler returns is not known to be the caller's own text, even if it has just created it. */
    @Override
    public Map<String, String> unknown(Map<String, Object> answer) {
        return untrusted(answer);
    }

    private static boolean hasText(@Nullable Object value) {
        return value instanceof String || value instanceof List<?> || value instanceof Map<?, ?>;
    }
}
