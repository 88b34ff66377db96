package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large arguments may be, in numbers that no real call comes near. It is looked at before anything is read from
 * them, so that repairs and errors have only so much to do; texts that are sent as they are may be of any length.
 */
public final class ArgumentLimits {

    static final int MOST_ARGUMENTS = 200;
    static final int MOST_VALUES = 100_000;
    static final int LONGEST_NAME = 200;
    private static final int DEEPEST = 50;
    private static final int MOST_BITS = 4_000;
    private static final int MOST_ZEROS = 1_000;

    private int values;

    private ArgumentLimits() {}

    /** What is too large, as a sentence that says the limit; null if nothing is. */
    public static @Nullable String complaint(Map<String, ?> arguments) {
        return arguments.size() > MOST_ARGUMENTS
                ? "There are " + arguments.size() + " arguments, and a call has at most " + MOST_ARGUMENTS
                        + "; fields of the account's own belong into one argument, custom_fields."
                : new ArgumentLimits().complaint(arguments, 0);
    }

    /** The same for JSON that came as the text of one argument. */
    static boolean isWithin(Object value) {
        return new ArgumentLimits().complaint(value, 0) == null;
    }

    private @Nullable String complaint(@Nullable Object value, int depth) {
        if (++values > MOST_VALUES) {
            return "The arguments have more than " + MOST_VALUES + " values; part them into several calls.";
        }
        if (depth > DEEPEST) {
            return "The arguments are nested deeper than " + DEEPEST + " levels; no tool needs that.";
        }
        if (value instanceof Map<?, ?> fields) {
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                String name = String.valueOf(field.getKey());
                String complaint = name.length() > LONGEST_NAME
                        ? "A name in the arguments has " + name.length() + " characters, and names have at most "
                                + LONGEST_NAME + ": " + Text.brief(name) + "."
                        : complaint(field.getValue(), depth + 1);
                if (complaint != null) {
                    return complaint;
                }
            }
        } else if (value instanceof List<?> items) {
            for (Object item : items) {
                String complaint = complaint(item, depth + 1);
                if (complaint != null) {
                    return complaint;
                }
            }
        } else if (value instanceof Number number && isLong(number)) {
            return "A number in the arguments has more than 1000 digits; no tool needs that.";
        }
        return null;
    }

    private static boolean isLong(Number number) {
        return number instanceof BigInteger whole && whole.bitLength() > MOST_BITS
                || number instanceof BigDecimal exact
                        && (Math.abs((long) exact.scale()) > MOST_ZEROS
                                || exact.unscaledValue().bitLength() > MOST_BITS);
    }
}
