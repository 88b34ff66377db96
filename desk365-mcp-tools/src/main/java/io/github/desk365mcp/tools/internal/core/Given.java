package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.text.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Arguments as a host gave them, read once. Extreme ones are refused before anything else traverses them: too deep, too
 * many, cyclic, or with numbers of very many digits. Texts may have any length. Used by one thread.
 */
public final class Given {

    private static final int MOST_ARGUMENTS = 200;
    private static final int MOST_VALUES = 100_000;
    private static final int LONGEST_NAME = 200;
    private static final int DEEPEST = 50;

    /** Written without an exponent. This covers every double. */
    private static final int MOST_DIGITS = 300;

    /** More bits than that many digits have; counting the digits of a larger number would be slow. */
    private static final int MOST_BITS = 1_024;

    private final Supplier<Map<String, Object>> source;
    private @Nullable Map<String, Object> read;
    private @Nullable RefusedException refusal;

    private Given(Supplier<Map<String, Object>> source) {
        this.source = source;
    }

    /** Takes plain JSON values; null for none. */
    public static Given of(@Nullable Map<?, ?> arguments) {
        return new Given(() -> arguments == null ? Map.of() : checked(arguments));
    }

    /** Takes a JSON object; a blank text for none. */
    public static Given json(String text) {
        return new Given(() -> text.isBlank() ? Map.of() : checked(parsed(text)));
    }

    /**
     * Returns the arguments as unmodifiable plain JSON values.
     *
     * @throws RefusedException if they are not JSON, or too extreme to be meant
     */
    public Map<String, Object> read() {
        if (read == null && refusal == null) {
            try {
                read = source.get();
            } catch (RefusedException e) {
                refusal = e;
            }
        }
        if (read == null) {
            throw refusal;
        }
        return read;
    }

    /** Returns the arguments; none if they cannot be read. */
    public Map<String, Object> orNone() {
        try {
            return read();
        } catch (RefusedException e) {
            return Map.of();
        }
    }

    private static Map<?, ?> parsed(String text) {
        try {
            return JsonDocument.parse(text).toMap();
        } catch (IllegalArgumentException e) {
            throw refused("The arguments must be a JSON object. " + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> checked(Map<?, ?> arguments) {
        if (arguments.size() > MOST_ARGUMENTS) {
            throw refused("There are " + arguments.size() + " arguments, but a call has at most " + MOST_ARGUMENTS
                    + "; put all custom fields into the one argument custom_fields");
        }
        Check check = new Check();
        arguments.forEach((name, value) -> {
            Check.name(name);
            check.value(String.valueOf(name), value, 1);
        });
        return new JsonDocument((Map<String, ?>) arguments).toMap();
    }

    /** Traverses all values once. */
    private static final class Check {

        private int values;

        static void name(@Nullable Object key) {
            String name = String.valueOf(key);
            if (name.length() > LONGEST_NAME) {
                throw refused("A name in the arguments has " + name.length() + " characters, but at most "
                        + LONGEST_NAME + " are allowed: " + Text.brief(name));
            }
        }

        void value(String argument, @Nullable Object value, int depth) {
            values++;
            if (values > MOST_VALUES) {
                throw refused("The arguments have more than " + MOST_VALUES + " values; split them into several calls");
            }
            if (depth > DEEPEST) {
                throw refused("The arguments are nested deeper than " + DEEPEST + " levels; no tool needs that");
            }
            if (value instanceof Map<?, ?> map) {
                map.forEach((name, field) -> {
                    name(name);
                    value(argument, field, depth + 1);
                });
            } else if (value instanceof Collection<?> items) {
                items.forEach(item -> value(argument, item, depth + 1));
            } else if (value instanceof Number number && isNumber(number)) {
                if (!isUsual(number)) {
                    throw refused(called(argument) + " has a number of more than " + MOST_DIGITS
                            + " digits; no tool needs that");
                }
            } else if (value != null && !(value instanceof String) && !(value instanceof Boolean)) {
                throw refused(called(argument) + " has a value that is not JSON: "
                        + (value instanceof Number number
                                ? number
                                : value.getClass().getSimpleName()));
            }
        }

        private static String called(String argument) {
            return argument.matches("\\w{1,64}") ? argument : Text.brief(argument);
        }

        /** Whether JSON can express the number: it has no infinity and no NaN. */
        private static boolean isNumber(Number number) {
            return number instanceof Double || number instanceof Float
                    ? Double.isFinite(number.doubleValue())
                    : number instanceof Integer
                            || number instanceof Long
                            || number instanceof Short
                            || number instanceof Byte
                            || number instanceof BigInteger
                            || number instanceof BigDecimal;
        }

        /** Refuses numbers such as 1e999999999, whose digits alone would fill the memory. */
        private static boolean isUsual(Number number) {
            if (number instanceof BigInteger whole && whole.bitLength() > MOST_BITS
                    || number instanceof BigDecimal exact
                            && exact.unscaledValue().bitLength() > MOST_BITS) {
                return false;
            }
            BigDecimal exact = number instanceof BigDecimal same ? same : new BigDecimal(number.toString());
            long digits = exact.precision();
            return Math.max(digits, digits - exact.scale()) <= MOST_DIGITS && exact.scale() <= MOST_DIGITS;
        }
    }

    private static RefusedException refused(String message) {
        return new RefusedException(ErrorCodes.INVALID_ARGUMENTS, "Nothing was done. " + message + ".");
    }
}
