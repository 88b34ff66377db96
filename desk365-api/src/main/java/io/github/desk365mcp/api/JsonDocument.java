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
 * A read-only view of a JSON object.
 *
 * <p>All fields of the object are kept, whether or not they are known or null. A field is checked only when it is read:
 * a missing or null field reads as {@code null}, and a field of an unexpected type throws
 * {@link InvalidResponseException} with the names of the class and the field, but without the value.
 * {@link #toString()} prints only names, because values may be customers' text.
 *
 * <p>Immutable and thread-safe. Two documents are equal if they have the same class and equal fields.
 */
public class JsonDocument {

    private static final DateTimeFormatter API_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private final FrozenMap fields;

    /**
     * Creates a view of a JSON object, for example of a stored response.
     *
     * @param fields plain JSON values: maps, lists, strings, numbers, booleans and null; copied unless they come from
     *     {@link #toMap()}
     * @throws IllegalArgumentException if a value is of another type
     */
    public JsonDocument(Map<String, ?> fields) {
        this.fields = Json.freeze(fields);
    }

    /**
     * Reads a JSON object from text.
     *
     * @param json the JSON text
     * @return the document
     * @throws IllegalArgumentException if the text is not one JSON object, or if a key occurs twice in one object; the
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
     * {@return the fields in their original order: maps, lists, strings, numbers, booleans and null, deeply
     * unmodifiable} Numbers are {@code Integer}, {@code Long}, {@code BigInteger}, {@code Double} or {@code BigDecimal};
     * those read from JSON are a {@code BigDecimal} only if a double would lose digits.
     */
    public final Map<String, @Nullable Object> toMap() {
        return fields;
    }

    /** {@return the fields as compact JSON text} */
    public final String toJson() {
        return Json.write(fields);
    }

    /**
     * {@return plain JSON values as compact JSON text, without the copy that a document makes of them}
     *
     * @param fields strings, numbers, booleans, nulls, and maps and lists of them
     * @throws IllegalArgumentException if it contains another type, or a number that JSON does not have
     */
    public static String toJson(Map<String, ?> fields) {
        return Json.write(fields);
    }

    /**
     * Writes the fields as compact JSON text in UTF-8.
     *
     * @param stream the stream to write to; it is flushed but not closed
     * @throws IOException if the stream cannot be written
     */
    public final void writeTo(OutputStream stream) throws IOException {
        Json.write(fields, stream);
    }

    /**
     * Returns whether the object has a field, even if its value is null.
     *
     * @param field the field's name
     * @return whether the field exists
     */
    public final boolean has(String field) {
        return fields.containsKey(field);
    }

    /**
     * Returns the unchanged value of a field.
     *
     * @param field the field's name
     * @return a map, list, string, number, boolean or null
     */
    public final @Nullable Object get(String field) {
        return fields.get(field);
    }

    /**
     * Reads a string.
     *
     * @param field the field's name
     * @return the string, or null if the field is missing or null
     * @throws InvalidResponseException if the field has another type
     */
    public final @Nullable String text(String field) {
        return read(field, "a string", value -> value instanceof String text ? text : null);
    }

    /**
     * Reads a whole number. {@code 85.0} and strings of digits are accepted, because the service mixes them.
     *
     * @param field the field's name
     * @return the number, or null if the field is missing or null
     * @throws InvalidResponseException if the field is not a whole number
     */
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

    /**
     * Reads a number of any kind.
     *
     * @param field the field's name
     * @return the number, or null if the field is missing or null
     * @throws InvalidResponseException if the field has another type
     */
    public final @Nullable Number number(String field) {
        return read(field, "a number", value -> value instanceof Number number ? number : null);
    }

    /**
     * Reads a boolean. 0 and 1 are accepted, because the service uses both forms.
     *
     * @param field the field's name
     * @return the boolean, or null if the field is missing or null
     * @throws InvalidResponseException if the field is not a boolean
     */
    public final @Nullable Boolean flag(String field) {
        return read(field, "true or false", value -> {
            if (value instanceof Boolean flag) {
                return flag;
            }
            String text = String.valueOf(value);
            return text.equals("1") ? Boolean.TRUE : text.equals("0") ? Boolean.FALSE : null;
        });
    }

    /**
     * Reads a UTC time in the form {@code yyyy-MM-dd HH:mm:ss}.
     *
     * @param field the field's name
     * @return the time, or null if the field is missing or null or is the epoch, which the service writes for "never"
     * @throws InvalidResponseException if the field is not a valid time
     */
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

    /**
     * Reads a date in the form {@code yyyy-MM-dd}; a time of day after it is ignored.
     *
     * @param field the field's name
     * @return the date, or null if the field is missing or null
     * @throws InvalidResponseException if the field is not a valid date
     */
    public final @Nullable LocalDate date(String field) {
        return read(field, "a date such as 2026-11-22", value -> {
            try {
                return LocalDate.parse(String.valueOf(value).split(" ", 2)[0]);
            } catch (DateTimeParseException e) {
                return null;
            }
        });
    }

    /**
     * Reads a list of strings: an array, or one comma-separated string, which is split and trimmed. The service uses
     * both forms. Blank items are skipped. As in {@link #objects}, a malformed item fails only when it is read.
     *
     * @param field the field's name
     * @return the strings, empty if the field is missing or null
     * @throws InvalidResponseException if the field has another type
     */
    public final List<String> texts(String field) {
        if (fields.get(field) instanceof String joined) {
            return Stream.of(joined.split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
        return items(field, "a string", item -> item instanceof String text ? text : null);
    }

    /**
     * Reads an object.
     *
     * @param field the field's name
     * @return the object, or null if the field is missing or null
     * @throws InvalidResponseException if the field has another type
     */
    public final @Nullable JsonDocument document(String field) {
        return read(field, "an object", value -> value instanceof FrozenMap map ? new JsonDocument(map) : null);
    }

    /**
     * Reads an array of objects. Items are parsed lazily; a malformed one throws {@link InvalidResponseException} with
     * its index only when it is read.
     *
     * @param field the field's name
     * @param view converts an object, usually a constructor of a view
     * @param <T> the type of the items
     * @return the items, empty if the field is missing or null
     * @throws InvalidResponseException if the field is not an array
     */
    public final <T> List<T> objects(String field, Function<Map<String, ?>, T> view) {
        return items(field, "an object", item -> item instanceof FrozenMap map ? view.apply(map) : null);
    }

    /**
     * Returns a value that a record must have.
     *
     * @param field the field's name
     * @param value the field's value
     * @param <T> the type of the value
     * @return the value
     * @throws InvalidResponseException if the value is null
     */
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
        return value instanceof String ? "a string" : value instanceof Boolean ? "a boolean" : "a number";
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

    /** {@return the names of the class and the fields, without values} */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + fields.keySet();
    }
}
