package io.github.desk365mcp.api;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
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
     * @throws IllegalArgumentException if the text is not one JSON object, or if a key stands twice in one object; the
     *     message quotes nothing but that key
     */
    public static JsonDocument parse(String json) {
        try {
            if (Json.readOnce(json) instanceof FrozenMap map) {
                return new JsonDocument(map);
            }
        } catch (Json.TwoKeys e) {
            throw new IllegalArgumentException(e.getMessage(), e);
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

    /** A whole number; {@code 85.0} and digits in a string are read as one, since live answers mix the two. */
    public final @Nullable Long integer(String field) {
        return read(field, "a whole number", value -> {
            if (value instanceof Number number) {
                return whole(number);
            }
            return value instanceof String digits && digits.matches("-?\\d{1,18}") ? Long.valueOf(digits) : null;
        });
    }

    private static @Nullable Long whole(Number number) {
        try {
            return number instanceof Integer || number instanceof Long
                    ? (Long) number.longValue()
                    : (Long) new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
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

    /**
     * Strings: an array of them, as they came, or one string with commas, parted and without spaces around, as the API
     * has both. Blank ones are left out. Empty if missing or null. As in {@link #objects}, an odd item hurts when it is
     * read.
     */
    public final List<String> texts(String field) {
        if (fields.get(field) instanceof String joined) {
            return Stream.of(joined.split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
        return items(field, "a text", item -> item instanceof String text ? text : null);
    }

    /** An object. */
    public final @Nullable JsonDocument document(String field) {
        return read(field, "an object", value -> value instanceof FrozenMap map ? new JsonDocument(map) : null);
    }

    /**
     * Objects of an array, each read by the given constructor when it is asked for: an item of another kind throws
     * {@link InvalidResponseException}, with its place, when that very item is read. Empty if missing or null.
     */
    public final <T> List<T> objects(String field, Function<Map<String, ?>, T> view) {
        return items(field, "an object", item -> item instanceof FrozenMap map ? view.apply(map) : null);
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
        return value == null ? null : read(field, kind, value, reader);
    }

    private <T> T read(String field, String kind, Object value, Function<Object, @Nullable T> reader) {
        T read = reader.apply(value);
        if (read == null) {
            throw new InvalidResponseException(where(field) + " is not " + kind + " but " + kindOf(value));
        }
        return read;
    }

    private <T> List<T> items(String field, String kind, Function<Object, @Nullable T> reader) {
        List<?> array = read(field, "an array", value -> value instanceof List<?> list ? list : null);
        return array == null
                ? List.of()
                : new Items<>(
                        array, i -> read(field + "[" + i + "]", kind, Objects.requireNonNull(array.get(i)), reader));
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
