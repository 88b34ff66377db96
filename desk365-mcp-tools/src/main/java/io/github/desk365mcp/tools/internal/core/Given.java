package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.text.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at arguments before anything else does: what is too deep, too much or endless is refused, not walked through. */
public final class Given {

    private static final int DEEPEST = 64;
    private static final int MOST = 100_000;

    /** More than any number has that is meant. */
    private static final int LONGEST = 1_024;

    private int values;

    private Given() {}

    /**
     * The arguments as plain JSON values that nobody can change.
     *
     * @throws RefusedException if they are none, or cannot be meant
     */
    public static Map<String, Object> map(Map<?, ?> arguments) {
        Given given = new Given();
        arguments.forEach((name, value) -> given.check(String.valueOf(name), value, 1));
        return new JsonDocument(asMap(arguments)).toMap();
    }

    /**
     * The same from JSON text.
     *
     * @throws RefusedException if it is not one JSON object
     */
    public static Map<String, Object> json(String text) {
        try {
            return text.isBlank() ? Map.of() : map(JsonDocument.parse(text).toMap());
        } catch (IllegalArgumentException e) {
            throw refused("The arguments must be a JSON object. " + e.getMessage());
        }
    }

    /** Whether a number is one that can be counted with: of 1e999999999 the digits alone would fill the memory. */
    static boolean isUsual(Number number) {
        if (number instanceof BigInteger whole) {
            return whole.bitLength() <= LONGEST;
        }
        if (number instanceof BigDecimal exact) {
            return exact.unscaledValue().bitLength() <= LONGEST
                    && Math.abs((long) exact.scale()) <= LONGEST
                    && Double.isFinite(exact.doubleValue());
        }
        return Double.isFinite(number.doubleValue());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> asMap(Map<?, ?> arguments) {
        return (Map<String, ?>) arguments;
    }

    private void check(String argument, @Nullable Object value, int depth) {
        values++;
        if (values > MOST) {
            throw refused("The arguments hold more than " + MOST + " values");
        }
        if (depth > DEEPEST) {
            throw refused(called(argument) + " is nested more than " + DEEPEST + " levels deep");
        }
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(field -> check(argument, field, depth + 1));
        } else if (value instanceof Iterable<?> items) {
            items.forEach(item -> check(argument, item, depth + 1));
        } else if (value instanceof Number number && !isUsual(number)) {
            throw refused(called(argument) + " has a number that is too large or too small");
        } else if (value != null && !isScalar(value)) {
            throw refused(called(argument) + " has a value that is no JSON: "
                    + value.getClass().getSimpleName());
        }
    }

    private static String called(String argument) {
        return argument.matches("\\w{1,64}") ? argument : Text.brief(argument);
    }

    private static boolean isScalar(Object value) {
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof BigDecimal;
    }

    private static RefusedException refused(String message) {
        return new RefusedException(ErrorCodes.INVALID_ARGUMENTS, "Nothing was done. " + message + ".");
    }
}
