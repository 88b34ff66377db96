package io.github.desk365mcp.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.io.SegmentedStringWriter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;

/** Converts between JSON text and plain, frozen Java values. The only class that uses Jackson. */
final class Json {

    /** A larger response is treated as faulty. */
    private static final long MOST_BYTES = 64L << 20;

    /**
     * The same applies to more tokens: values, names, and ends of objects and arrays. 100 tickets with 300 fields each
     * have 60,000. A token takes up to 65 bytes of memory, even if it takes only a few bytes in the response.
     */
    private static final long MOST_TOKENS = 1_000_000;

    /** The same applies to a longer text. Reading one takes five times its size in memory. */
    private static final int MOST_CHARACTERS = 16 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MOST_BYTES)
                    .maxTokenCount(MOST_TOKENS)
                    .maxStringLength(MOST_CHARACTERS)
                    .build())
            .build();

    private Json() {}

    /** The text is not valid JSON. Any other {@link IOException} means that reading failed. */
    static final class Malformed extends IOException {

        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /** A key occurs twice in one object. */
    static final class TwoKeys extends IOException {

        private static final long serialVersionUID = 1;
        private static final int LONG = 64;

        TwoKeys(String key) {
            super("The key " + (key.length() > LONG ? key.substring(0, LONG) + "…" : key).replaceAll("\\p{C}", "?")
                    + " occurs twice in one object");
        }
    }

    /** Reads the only value of a stream, and closes the stream. */
    static @Nullable Object read(InputStream in) throws IOException {
        Watched stream = new Watched(in);
        try {
            return read(() -> FACTORY.createParser(ObjectReadContext.empty(), stream));
        } catch (Malformed e) {
            throw e;
        } catch (IOException e) {
            if (stream.failure == e) {
                throw e;
            }
            // Jackson has no exception of its own for bytes that look like UTF-32.
            throw new Malformed("not JSON: bytes that are not text");
        }
    }

    /** Tells a failure of the stream from one of what it contains. */
    private static final class Watched extends FilterInputStream {

        private @Nullable IOException failure;

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int most) throws IOException {
            try {
                return super.read(bytes, offset, most);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    static @Nullable Object read(String text) throws IOException {
        return read(() -> FACTORY.createParser(ObjectReadContext.empty(), withoutByteOrderMark(text)));
    }

    /** Some editors begin a file with it. */
    static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /**
     * Reads text in which no object has a key twice. It is for text that people write: which of the two values they
     * mean cannot be known.
     */
    static @Nullable Object readOnce(String text) throws IOException {
        return read(() -> FACTORY.createParser(ObjectReadContext.empty(), withoutByteOrderMark(text)), true);
    }

    private static @Nullable Object read(Supplier<JsonParser> made) throws IOException {
        return read(made, false);
    }

    private static @Nullable Object read(Supplier<JsonParser> made, boolean once) throws IOException {
        // Created inside the try: the constructor of a parser reads the first bytes of the stream.
        try (JsonParser parser = made.get()) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new Malformed("empty, not JSON");
            }
            Object value = value(parser, first, once);
            if (parser.nextToken() != null) {
                throw new Malformed("text after the JSON value");
            }
            return value;
        } catch (StreamReadException e) {
            // Jackson's message quotes the input, which may be a customer's text.
            throw new Malformed("not JSON at line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (tools.jackson.core.exc.JacksonIOException e) {
            throw e.getCause();
        } catch (StreamConstraintsException e) {
            throw new Malformed("JSON that is too deeply nested or too long");
        } catch (NumberFormatException e) {
            // Thrown for 1e99999999999; not a Jackson exception.
            throw new Malformed("JSON with a number that is too large or too small");
        } catch (tools.jackson.core.JacksonException e) {
            throw new Malformed("JSON that cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /**
     * Returns a stream that fails once it is too long, even if it is not read as JSON. It cannot be closed: a parser that
     * has failed would do so, and OkHttp would then go on reading, so as to use the connection again.
     */
    static InputStream bounded(InputStream in) {
        return new FilterInputStream(in) {
            private long length;

            @Override
            public void close() {}

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int most) throws IOException {
                int read = super.read(bytes, offset, most);
                length += Math.max(0, read);
                checkLength(length);
                return read;
            }
        };
    }

    static void checkLength(long bytes) throws Malformed {
        if (bytes > MOST_BYTES) {
            throw new Malformed("longer than " + (MOST_BYTES >> 20) + " MiB");
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token, boolean once) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                    if (once && fields.containsKey(name)) {
                        throw new TwoKeys(name);
                    }
                    int before = fields.size();
                    Object value = value(parser, parser.nextToken(), once);
                    Object other = fields.put(name, value);
                    if (fields.size() == before && !Objects.equals(other, value)) {
                        // Which one is meant cannot be known.
                        throw new Malformed("JSON in which one name has two different values");
                    }
                }
                yield new FrozenMap(fields);
            }
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(value(parser, next, once));
                }
                yield new FrozenList(items);
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("unexpected token " + token);
        };
    }

    /** Returns a double if it represents the number exactly, otherwise a {@link BigDecimal}. */
    private static Number decimal(JsonParser parser) {
        BigDecimal exact = parser.getDecimalValue();
        double rounded = exact.doubleValue();
        boolean lossless =
                Double.isFinite(rounded) && BigDecimal.valueOf(rounded).compareTo(exact) == 0;
        return lossless ? (Number) rounded : exact;
    }

    static String write(@Nullable Object value) {
        BufferRecycler buffers = FACTORY._getBufferRecycler();
        try {
            SegmentedStringWriter text = new SegmentedStringWriter(buffers);
            try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
                write(value, out);
            }
            return text.getAndClear();
        } finally {
            buffers.releaseToPool();
        }
    }

    static void write(@Nullable Object value, OutputStream stream) throws IOException {
        // The generator would close the stream, which belongs to the caller.
        JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), new NotClosing(stream));
        try (out) {
            write(value, out);
        } catch (tools.jackson.core.exc.JacksonIOException e) {
            throw e.getCause();
        }
    }

    private static void write(@Nullable Object value, JsonGenerator out) {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof CharSequence text) {
            out.writeString(text.toString());
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Number number && isJson(number)) {
            out.writeNumber(number instanceof BigDecimal exact ? exact.toString() : number.toString());
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            map.forEach((name, field) -> {
                out.writeName(String.valueOf(name));
                write(field, out);
            });
            out.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            out.writeStartArray();
            items.forEach(item -> write(item, out));
            out.writeEndArray();
        } else {
            throw new InvalidArgumentException(notJson(value));
        }
    }

    /** Returns a deeply unmodifiable copy; frozen values are not copied. */
    static @Nullable Object freeze(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return freeze(map);
        }
        if (value instanceof Collection<?> items && !(value instanceof FrozenList)) {
            List<@Nullable Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(freeze(item)));
            return new FrozenList(copy);
        }
        if (value instanceof Byte || value instanceof Short) {
            return ((Number) value).intValue();
        }
        if (value instanceof Float number && isJson(number)) {
            // With the digits that it is written with.
            return Double.valueOf(number.toString());
        }
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Number number && isJson(number)
                || value instanceof FrozenList) {
            return value;
        }
        throw new IllegalArgumentException(notJson(value));
    }

    static FrozenMap freeze(Map<?, ?> map) {
        if (map instanceof FrozenMap frozen) {
            return frozen;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> copy.put(String.valueOf(name), freeze(value)));
        return new FrozenMap(copy);
    }

    /** JSON has no NaN or infinity. Other types of numbers may be mutable. */
    private static boolean isJson(Number number) {
        return number instanceof Double || number instanceof Float
                ? Double.isFinite(number.doubleValue())
                : number instanceof Integer
                        || number instanceof Long
                        || number instanceof Short
                        || number instanceof Byte
                        || number instanceof BigInteger
                        || number instanceof BigDecimal;
    }

    private static String notJson(Object value) {
        return "not a JSON value: " + value.getClass().getName();
    }

    private static final class NotClosing extends java.io.FilterOutputStream {

        NotClosing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
