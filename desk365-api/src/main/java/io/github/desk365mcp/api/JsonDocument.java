package io.github.desk365mcp.api;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view over one JSON object, as it came.
 *
 * <p>Every field of the object is kept, known or not, null or not. A field is looked at when it is asked for, and only
 * then: a missing or null field reads as {@code null}, and a field of an unexpected type throws
 * {@link InvalidResponseException} with the names of class and field, never with the value. {@link #toString()} prints
 * names alone, because values are customers' texts.
 *
 * <p>Immutable and thread-safe. Two documents are equal when they are of one class and hold equal fields.
 */
public class JsonDocument {

    private static final DateTimeFormatter API_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private final FrozenMap fields;

    /**
     * A view over these fields, for example of a stored answer.
     *
     * @param fields plain JSON values: maps, lists, strings, numbers, booleans and null; copied unless they come from
     *     {@link #toMap()}
     * @throws IllegalArgumentException if a value is something else
     */
    public JsonDocument(Map<String, ?> fields) {
        this.fields = Json.freeze(fields);
    }

    /**
     * Reads a JSON object from text.
     *
     * @throws IllegalArgumentException if the text is not one JSON object; the message does not quote it
     */
    public static JsonDocument parse(String json) {
        try {
            if (Json.read(json) instanceof FrozenMap map) {
                return new JsonDocument(map);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a JSON object: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("Not a JSON object: another JSON value");
    }

    /**
     * The fields in the order in which they came: maps, lists, strings, numbers, booleans and null, deeply
     * unmodifiable. Numbers are {@code Integer}, {@code Long}, {@code BigInteger} or {@code Double}, and
     * {@code BigDecimal} where a double would lose digits.
     */
    public final Map<String, @Nullable Object> toMap() {
        return fields;
    }

    /** The fields as compact JSON text. */
    public final String toJson() {
        return Json.write(fields);
    }

    /** Writes the fields as compact JSON text in UTF-8. The stream is flushed and stays open. */
    public final void writeTo(OutputStream stream) throws IOException {
        Json.write(fields, stream);
    }

    /** Whether the field came, be it null. */
    public final boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The field as it came: a map, list, string, number, boolean or null. */
    public final @Nullable Object get(String field) {
        return fields.get(field);
    }

    /** A string. */
    public final @Nullable String text(String field) {
        return read(field, "text", value -> value instanceof String text ? text : null);
    }

    /** A whole number; digits in a string are read as one, since live answers mix the two. */
    public final @Nullable Long integer(String field) {
        return read(field, "a whole number", value -> {
            if (value instanceof Integer || value instanceof Long) {
                return ((Number) value).longValue();
            }
            return value instanceof String digits && digits.matches("-?\\d{1,18}") ? Long.valueOf(digits) : null;
        });
    }

    /** A number of any kind. */
    public final @Nullable Number number(String field) {
        return read(field, "a number", value -> value instanceof Number number ? number : null);
    }

    /** A boolean; 0 and 1 are read as one, as the API uses both. */
    public final @Nullable Boolean flag(String field) {
        return read(field, "true or false", value -> {
            if (value instanceof Boolean flag) {
                return flag;
            }
            String text = String.valueOf(value);
            return text.equals("1") ? Boolean.TRUE : text.equals("0") ? Boolean.FALSE : null;
        });
    }

    /** A time in UTC, {@code yyyy-MM-dd HH:mm:ss} on the wire. The epoch, which the API writes for "never", is null. */
    public final @Nullable Instant time(String field) {
        Instant time = read(field, "a time such as 2026-11-22 08:00:00", value -> {
            try {
                return LocalDateTime.parse(String.valueOf(value), API_TIME).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException e) {
                return null;
            }
        });
        return Instant.EPOCH.equals(time) ? null : time;
    }

    /** A day, {@code yyyy-MM-dd} on the wire; a time of day behind it is left out. */
    public final @Nullable LocalDate date(String field) {
        return read(field, "a day such as 2026-11-22", value -> {
            try {
                return LocalDate.parse(String.valueOf(value).split(" ", 2)[0]);
            } catch (DateTimeParseException e) {
                return null;
            }
        });
    }

    /** Strings: an array of them, or one string with commas, as the API has both. Empty if missing or null. */
    public final List<String> texts(String field) {
        List<String> texts = read(field, "an array of texts", value -> {
            Object items = value instanceof String text ? List.of(text.split(",")) : value;
            return items instanceof List<?> list
                    ? each(list, item -> item instanceof String text ? text.strip() : null)
                    : null;
        });
        return texts == null ? List.of() : texts;
    }

    /** An object. */
    public final @Nullable JsonDocument object(String field) {
        return read(field, "an object", value -> value instanceof FrozenMap map ? new JsonDocument(map) : null);
    }

    /** Objects of an array, each read by the given constructor. Empty if missing or null. */
    public final <T> List<T> objects(String field, Function<Map<String, ?>, T> view) {
        List<T> objects = read(
                field,
                "an array of objects",
                value -> value instanceof List<?> list
                        ? each(list, item -> item instanceof FrozenMap map ? view.apply(map) : null)
                        : null);
        return objects == null ? List.of() : objects;
    }

    /** For fields without which a record cannot be named: the value, or an exception that says what is missing. */
    protected final <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidResponseException(where(field) + " is missing");
        }
        return value;
    }

    private <T> @Nullable T read(String field, String kind, Function<Object, @Nullable T> reader) {
        Object value = fields.get(field);
        if (value == null) {
            return null;
        }
        T read = reader.apply(value);
        if (read == null) {
            throw new InvalidResponseException(where(field) + " is not " + kind + " but " + kindOf(value));
        }
        return read;
    }

    /** The items read one by one, nulls and blanks left out; null if one of them is of another kind. */
    private static <T> @Nullable List<T> each(List<?> items, Function<Object, @Nullable T> reader) {
        List<T> found = new ArrayList<>(items.size());
        for (Object item : items) {
            if (item != null && !(item instanceof String text && text.isBlank())) {
                T read = reader.apply(item);
                if (read == null) {
                    return null;
                }
                found.add(read);
            }
        }
        return List.copyOf(found);
    }

    private String where(String field) {
        return getClass().getSimpleName() + "." + field;
    }

    private static String kindOf(Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "an array";
        }
        return value instanceof String ? "another text" : value instanceof Boolean ? "a boolean" : "a number";
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof JsonDocument document
                && getClass() == document.getClass()
                && fields.equals(document.fields);
    }

    @Override
    public final int hashCode() {
        return fields.hashCode();
    }

    /** Class and field names, no values. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + fields.keySet();
    }
}
