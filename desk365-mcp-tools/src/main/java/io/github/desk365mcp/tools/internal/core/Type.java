package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.model.Code;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kind of an argument: how a schema says it, what a model may write instead, and what a handler reads.
 *
 * @param <T> what a handler reads
 */
public abstract class Type<T> {

    /** The schema without a description; the caller may add to it. */
    public abstract Map<String, Object> schema();

    /** The same with words that are left out there for their length. */
    Map<String, Object> fullSchema() {
        return schema();
    }

    /** The value that a handler reads, from one that the schema accepts. */
    abstract T read(Object valid);

    /** What was meant, where that is beyond doubt; else the same instance. */
    public Object repair(Object given) {
        return given;
    }

    /** What a schema cannot say against a value that it accepts; null if nothing. */
    @Nullable
    public String complaint(Object valid) {
        return null;
    }

    public static final Type<String> TEXT = new TextType(Integer.MAX_VALUE, true);

    /** A text that says something. */
    public static final Type<String> NON_BLANK = new TextType(Integer.MAX_VALUE, false);

    /** A text that is sent as HTML. */
    public static final Type<String> BODY = new BodyType();

    /** A text that the API takes only so long. */
    public static Type<String> text(int longest) {
        return new TextType(longest, true);
    }

    /** A whole number; nothing in this API goes below 0. */
    public static final Type<Long> INTEGER = new Type<>() {
        @Override
        public Map<String, Object> schema() {
            return typed("integer");
        }

        @Override
        Long read(Object valid) {
            return ((Number) valid).longValue();
        }

        @Override
        public Object repair(Object given) {
            Object one = single(given);
            if (one instanceof String text && text.strip().matches("#?-?\\d{1,18}([.]0+)?")) {
                return Long.valueOf(text.strip().replace("#", "").replaceFirst("[.].*", ""));
            }
            boolean whole = one instanceof Double number && number % 1 == 0 && Math.abs(number) < 1e15;
            return whole ? (Object) ((Number) one).longValue() : one instanceof Number ? one : given;
        }

        @Override
        @Nullable
        public String complaint(Object valid) {
            BigDecimal number = new BigDecimal(valid.toString());
            return number.signum() < 0 || number.compareTo(BigDecimal.TEN.pow(18)) >= 0
                    ? "a whole number from 0 up, of at most 18 digits"
                    : null;
        }
    };

    public static final Type<Boolean> FLAG = new Type<>() {
        @Override
        public Map<String, Object> schema() {
            return typed("boolean");
        }

        @Override
        Boolean read(Object valid) {
            return (Boolean) valid;
        }

        @Override
        public Object repair(Object given) {
            Object one = single(given);
            return switch (one instanceof String text ? Ascii.lower(text.strip()) : String.valueOf(one)) {
                case "1", "true", "yes" -> true;
                case "0", "false", "no" -> false;
                default -> given;
            };
        }
    };

    public static final Type<Instant> TIME = new Type<>() {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = typed("string");
            schema.put("format", "date-time");
            return schema;
        }

        @Override
        Instant read(Object valid) {
            return Instant.parse((String) valid);
        }

        @Override
        public Object repair(Object given) {
            Instant time = single(given) instanceof String text ? Times.parse(text.strip()) : null;
            return time == null || time.toString().equals(given) ? given : time.toString();
        }

        @Override
        @Nullable
        public String complaint(Object valid) {
            Instant time = Times.parse((String) valid);
            return time == null || !isUsual(time.toString())
                    ? Times.wanted((String) valid, "a time such as 2026-11-22T08:00:00Z")
                    : null;
        }
    };

    public static final Type<LocalDate> DATE = new Type<>() {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = typed("string");
            schema.put("format", "date");
            return schema;
        }

        @Override
        LocalDate read(Object valid) {
            return LocalDate.parse((String) valid);
        }

        @Override
        public Object repair(Object given) {
            LocalDate day = single(given) instanceof String text ? Times.day(text) : null;
            return day == null || day.toString().equals(given) ? given : day.toString();
        }

        @Override
        @Nullable
        public String complaint(Object valid) {
            try {
                return isUsual(LocalDate.parse((String) valid).toString()) ? null : "a date of our times";
            } catch (DateTimeParseException e) {
                return Times.wanted((String) valid, "a date such as 2026-11-22");
            }
        }
    };

    /** Fields of the account's own, by name. */
    public static final Type<Map<String, Object>> CUSTOM_FIELDS = new CustomFieldsType(false);

    /** The same, each with the values that it may have. */
    public static final Type<Map<String, Object>> CUSTOM_FILTERS = new CustomFieldsType(true);

    /** One of some words that have no code, and are sent as they are. */
    public static Type<String> oneOf(String... words) {
        return new WordType(List.of(words), true);
    }

    /** One of some numbers. */
    public static Type<Long> oneOf(long... numbers) {
        return new Type<>() {
            @Override
            public Map<String, Object> schema() {
                Map<String, Object> schema = typed("integer");
                schema.put("enum", java.util.Arrays.stream(numbers).boxed().toList());
                return schema;
            }

            @Override
            Long read(Object valid) {
                return ((Number) valid).longValue();
            }

            @Override
            public Object repair(Object given) {
                return INTEGER.repair(given);
            }
        };
    }

    /** One of some words that stand for codes; the code is taken too. */
    public static <C extends Enum<C> & Code> Type<C> code(Class<C> codes) {
        return new CodeType<>(codes.getEnumConstants());
    }

    /** One of some of the words that stand for codes. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <C extends Enum<C> & Code> Type<C> code(C... codes) {
        return new CodeType<>(codes.clone());
    }

    /** A list; a single item, and a list in a text, are taken too. */
    public static <T> Type<List<T>> list(Type<T> items) {
        return new ListType<>(items, items instanceof WordType || items instanceof CodeType<?>);
    }

    /** Short texts that have no commas in them; commas part them. */
    public static final Type<List<String>> WORDS = new ListType<>(TEXT, true);

    /** E-mail addresses, with or without names; commas part them. */
    public static final Type<List<String>> ADDRESSES = new AddressesType();

    /** A list of objects with fields that are described. */
    public static Type<List<Map<String, Object>>> objects(Param<?>... fields) {
        return new ListType<>(new ObjectType(List.of(fields)), false);
    }

    /** An object with fields that are described. */
    static Type<Map<String, Object>> object(Param<?>... fields) {
        return new ObjectType(List.of(fields));
    }

    /** The word of a code: {@code URGENT} is urgent, {@code WEB_FORM} is web_form. */
    public static String word(Enum<?> code) {
        return Ascii.lower(code.name());
    }

    /** The only item of a list, for what is no list. */
    public static Object single(Object given) {
        return given instanceof List<?> items && items.size() == 1 && items.get(0) != null ? items.get(0) : given;
    }

    /** Whether a date is of the years 1900 to 9999: four digits, as the API writes it, and none that was misread. */
    private static boolean isUsual(String date) {
        return date.matches("(19|[2-9]\\d)\\d\\d-.*");
    }

    static Map<String, Object> typed(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    /**
     * JSON that came as text, as some models send arrays and objects. A text with more in it than the one value, or with
     * a name twice in an object, stays a text.
     */
    public static Object parsed(Object given, char opening) {
        if (given instanceof String text && beginsWith(text, opening)) {
            try {
                Map<String, Object> whole = Given.json("{\"v\":" + text + "}").read();
                Object value = whole.size() == 1 ? whole.get("v") : null;
                return value == null ? given : value;
            } catch (RefusedException e) {
                return given;
            }
        }
        return given;
    }

    /** Whether it was to be a list of JSON, but is none; commas do not part it. */
    public static boolean isBrokenList(@Nullable Object given) {
        return given instanceof String text && beginsWith(text, '[') && parsed(text, '[') == text;
    }

    static boolean beginsWith(String text, char opening) {
        return text.stripLeading().indexOf(opening) == 0;
    }
}
