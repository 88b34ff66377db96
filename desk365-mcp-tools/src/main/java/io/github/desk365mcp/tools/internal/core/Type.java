package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.model.Code;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.NameForm;
import io.github.desk365mcp.tools.internal.text.Text;
import io.github.desk365mcp.tools.internal.text.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The type of an argument: its schema, the other forms that a model may write, and the value that a handler reads.
 *
 * @param <T> the type of the value that a handler reads
 */
public abstract class Type<T> {

    /** The schema without a description; the caller may add to it. */
    public abstract Map<String, Object> schema();

    /** The schema with words that {@link #schema} omits to save space. */
    Map<String, Object> fullSchema() {
        return schema();
    }

    /** All words that the schema could list, for a text or the items of a list; null if it has no such list. */
    @Nullable
    public List<?> words() {
        Map<String, Object> schema = fullSchema();
        Object words = schema.get("items") instanceof Map<?, ?> items ? items.get("enum") : schema.get("enum");
        return words instanceof List<?> list ? list : null;
    }

    /** Reads a value that the schema accepts. */
    abstract T read(Object valid);

    /** The value that was meant, if that is beyond doubt; otherwise the same instance. */
    public Object repair(Object given) {
        return given;
    }

    /** What the value must be, if the schema accepts it but it is still wrong; null if it is right. */
    @Nullable
    public String complaint(Object valid) {
        return null;
    }

    /** What the value must be; null if the schema says it. */
    @Nullable
    public String expected() {
        return null;
    }

    public static final Type<String> TEXT = new TextType(Integer.MAX_VALUE, true);

    /** A text that is not blank. */
    public static final Type<String> NON_BLANK = new TextType(Integer.MAX_VALUE, false);

    /** A text that is sent as HTML. */
    public static final Type<String> BODY = new BodyType();

    /** A text with a maximum length. */
    public static Type<String> text(int longest) {
        return new TextType(longest, true);
    }

    /** A name: composed, with single blanks and without character references. */
    public static final Type<String> NAME = new NameType(Integer.MAX_VALUE, NameForm::of);

    /** The name of a file. */
    public static final Type<String> FILE_NAME = new NameType(Integer.MAX_VALUE, NameForm::ofFile);

    /** A name with a maximum length. */
    public static Type<String> name(int longest) {
        return new NameType(longest, NameForm::of);
    }

    /** One e-mail address, with or without a name. */
    public static final Type<String> ADDRESS = new AddressType(Integer.MAX_VALUE);

    /** One e-mail address with a maximum length. */
    public static Type<String> address(int longest) {
        return new AddressType(longest);
    }

    /** A whole number; the API has no negative ones. */
    public static final Type<Long> INTEGER = new Whole(0);

    /** The number of a record: a whole number from 1 up. */
    public static final Type<Long> RECORD_NUMBER = new Whole(1);

    private static final class Whole extends Type<Long> {

        private static final Pattern WRITTEN = Pattern.compile("#?(-?\\d{1,18})(?:[.]0+)?");

        private final long least;

        Whole(long least) {
            this.least = least;
        }

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
            Matcher written = one instanceof String text ? WRITTEN.matcher(text.strip()) : null;
            if (written != null && written.matches()) {
                return Long.valueOf(written.group(1));
            }
            boolean whole = one instanceof Double number && number % 1 == 0 && Math.abs(number) < 1e15;
            return whole ? (Object) ((Number) one).longValue() : one instanceof Number ? one : given;
        }

        @Override
        @Nullable
        public String complaint(Object valid) {
            BigDecimal number = new BigDecimal(valid.toString());
            return number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.TEN.pow(18)) >= 0
                    ? "a whole number from " + least + " up, of at most 18 digits"
                    : null;
        }
    }

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
            // Without "format", which some model APIs refuse; descriptions say it instead.
            return typed("string");
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
            return time == null || !isUsual(time.toString()) ? Times.wanted((String) valid, expected()) : null;
        }

        @Override
        public String expected() {
            return "a time such as 2026-11-22T08:00:00Z";
        }
    };

    public static final Type<LocalDate> DATE = new Type<>() {
        @Override
        public Map<String, Object> schema() {
            return typed("string");
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
                return isUsual(LocalDate.parse((String) valid).toString()) ? null : "a date from 1900 to 9999";
            } catch (DateTimeParseException e) {
                return Times.wanted((String) valid, expected());
            }
        }

        @Override
        public String expected() {
            return "a date such as 2026-11-22";
        }
    };

    /** Custom fields by name. */
    public static final Type<Map<String, Object>> CUSTOM_FIELDS = new CustomFieldsType(false);

    /** Custom fields by name, each with the values to filter by. */
    public static final Type<Map<String, Object>> CUSTOM_FILTERS = new CustomFieldsType(true);

    /** One of the given words, which is sent unchanged. */
    public static Type<String> oneOf(String... words) {
        return new WordType(List.of(words), List.of(words), true);
    }

    /** One of the given numbers. */
    public static Type<Long> oneOf(long... numbers) {
        return new Type<>() {
            @Override
            public Map<String, Object> schema() {
                // Without "enum", since some model APIs refuse enums of numbers; descriptions say them instead.
                return typed("integer");
            }

            @Override
            Long read(Object valid) {
                return ((Number) valid).longValue();
            }

            @Override
            public Object repair(Object given) {
                return INTEGER.repair(given);
            }

            @Override
            @Nullable
            public String complaint(Object valid) {
                BigDecimal number = new BigDecimal(valid.toString());
                return LongStream.of(numbers).anyMatch(one -> number.compareTo(BigDecimal.valueOf(one)) == 0)
                        ? null
                        : expected() + ", not " + Text.brief(valid);
            }

            @Override
            public String expected() {
                return "one of "
                        + LongStream.of(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", "));
            }
        };
    }

    /** One of the words for an enum of codes; the code itself is accepted too. */
    public static <C extends Enum<C> & Code> Type<C> code(Class<C> codes) {
        return new CodeType<>(codes.getEnumConstants());
    }

    /** One of the words for the given codes; the code itself is accepted too. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <C extends Enum<C> & Code> Type<C> code(C... codes) {
        return new CodeType<>(codes.clone());
    }

    /** A list; a single item, and a list in a text, are accepted too. */
    public static <T> Type<List<T>> list(Type<T> items) {
        return new ListType<>(items, items instanceof WordType || items instanceof CodeType<?>);
    }

    /** Short texts without commas; a text with commas is split. */
    public static final Type<List<String>> WORDS = new ListType<>(TEXT, true);

    /** Numbers of records; a text with commas is split. */
    public static Type<List<Long>> recordNumbers(int most) {
        return new ListType<>(RECORD_NUMBER, true, most);
    }

    /** E-mail addresses, with or without names; a text with commas is split. */
    public static final Type<List<String>> ADDRESSES = new AddressesType();

    /** A list of objects with described fields. */
    public static Type<List<Map<String, Object>>> objects(Param<?>... fields) {
        return new ListType<>(new ObjectType(List.of(fields)), false);
    }

    /** An object with described fields. */
    public static Type<Map<String, Object>> object(Param<?>... fields) {
        return new ObjectType(List.of(fields));
    }

    /** The word of a code: {@code URGENT} is urgent, {@code WEB_FORM} is web_form. */
    public static String word(Enum<?> code) {
        return Ascii.lower(code.name());
    }

    /** The only item of a list, for a type that is not a list; otherwise the same instance. */
    public static Object single(Object given) {
        return given instanceof List<?> items && items.size() == 1 && items.get(0) != null ? items.get(0) : given;
    }

    /** Whether the year is from 1900 to 9999: it has four digits, as the API needs, and is unlikely to be misread. */
    private static boolean isUsual(String date) {
        return date.matches("(19|[2-9]\\d)\\d\\d-.*");
    }

    static Map<String, Object> typed(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    /**
     * Parses JSON in a text, since some models send arrays and objects that way. A text with more than one value, or
     * with a duplicate name in an object, is returned unchanged.
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

    /** Whether a text looks like a JSON list but is not valid; it is not split at commas. */
    public static boolean isBrokenList(@Nullable Object given) {
        return given instanceof String text && beginsWith(text, '[') && parsed(text, '[') == text;
    }

    static boolean beginsWith(String text, char opening) {
        return text.stripLeading().indexOf(opening) == 0;
    }
}
