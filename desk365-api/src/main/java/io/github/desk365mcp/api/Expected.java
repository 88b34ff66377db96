package io.github.desk365mcp.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a valid response to an operation contains, and which of its fields identify the requested record.
 *
 * <p>A success status alone proves nothing: it may come from a proxy, and on a reused connection, one extra response
 * shifts all that follow. A response is therefore accepted only if it has the record's key, and only if the key equals
 * the one in the request. Keys are compared leniently, because the service may write a number as text or a name in
 * another case.
 */
final class Expected {

    /** Numbers beyond this are not numbers of records. It is exact as a double. */
    private static final double MOST = 1e18;

    /** Keys that are positive whole numbers. All other keys are names. */
    private static final Set<String> NUMBERS = Set.of("ticket_number", "id");

    private static final Pattern DIGITS = Pattern.compile("0*[1-9]\\d{0,17}");

    private enum Form {
        /** Has at least one of the given fields. */
        RECORD,
        /** A record, or possibly only the fields that were sent, at least one of which must be unchanged. */
        ECHO,
        /** Has an array whose rows have the keys. */
        LIST,
        /** An object with a message, or plain text. */
        MESSAGE,
        /** Any response that has content. */
        ANYTHING
    }

    private final Form form;
    private final List<String> has;
    private final List<ExpectedKey> keys;

    private Expected(Form form, List<String> has, List<ExpectedKey> keys) {
        this.form = form;
        this.has = has;
        this.keys = keys;
    }

    /** A record that has at least one of these fields. */
    static Expected record(String... anyOf) {
        return new Expected(Form.RECORD, List.of(anyOf), List.of());
    }

    /** A record that has at least one of these fields, or the fields that were sent. */
    static Expected echo(String... anyOf) {
        return new Expected(Form.ECHO, List.of(anyOf), List.of());
    }

    /** An array under one of these names. */
    static Expected list(String... anyOf) {
        return new Expected(Form.LIST, List.of(anyOf), List.of());
    }

    static Expected message() {
        return new Expected(Form.MESSAGE, List.of("message"), List.of());
    }

    static Expected anything() {
        return new Expected(Form.ANYTHING, List.of(), List.of());
    }

    /** Requires a field whose name is the same in request and response. */
    Expected naming(String field) {
        return naming(field, field);
    }

    /**
     * Requires a field that identifies the record.
     *
     * @param sent its names in the query or body: first the name that selects the record, then those that rename it
     * @param answered its names in the response; names with a plus sign do not suffice alone
     */
    Expected naming(String sent, String answered) {
        return with(ExpectedKey.of(sent, answered, Likeness.NAME, null));
    }

    /** Requires a text field as it was sent. */
    Expected saying(String field) {
        return saying(field, field);
    }

    /** Requires a text as it was sent in at least one of these fields. */
    Expected saying(String sent, String answered) {
        return with(ExpectedKey.of(sent, answered, Likeness.TEXT, null));
    }

    /** Requires the text of a mail, which the service may extend. */
    Expected mailing(String field) {
        return with(ExpectedKey.of(field, field, Likeness.MAIL, null));
    }

    /** Requires a field that may differ if the response has the text of another field. */
    Expected namingUnlessSaying(String sent, String answered, String sentText, String answeredText) {
        return with(ExpectedKey.of(
                sent, answered, Likeness.NAME, ExpectedKey.of(sentText, answeredText, Likeness.TEXT, null)));
    }

    private Expected with(ExpectedKey key) {
        return new Expected(
                form, has, Stream.concat(keys.stream(), Stream.of(key)).toList());
    }

    boolean mayBeText() {
        return form == Form.MESSAGE || form == Form.ANYTHING;
    }

    /**
     * Returns what is wrong with a response, as the end of a sentence that starts with "the response"; null if nothing
     * is.
     *
     * @param answer a {@link FrozenMap} if the response is an object
     * @param query the query of the request
     * @param body the body of the request
     */
    @Nullable
    String wrongWith(Map<String, ?> answer, Map<String, ?> query, Map<String, ?> body) {
        boolean isObject = answer instanceof FrozenMap;
        // The shape of the list of agents is unknown; it may be a bare array.
        if (!isObject && !mayBeText() && !has.contains("agents")) {
            return answer.isEmpty() ? "is empty" : "is an array, not an object";
        }
        boolean isGood = isGood(answer, query, body);
        if (isObject && ErrorSigns.isError(answer, isGood && !mayBeText())) {
            return "is an error despite its success status";
        }
        if (isGood
                && mayBeText()
                && answer.get("message") instanceof String said
                && ErrorSigns.isRefusal(said, query)) {
            return "says that it failed, despite its success status";
        }
        if (!isGood) {
            return has.isEmpty() ? "has no content" : "has no " + String.join(" or ", has);
        }
        for (ExpectedKey key : keys) {
            if (isAnother(key, answer, query, body)) {
                return "is about another record";
            }
        }
        return null;
    }

    private boolean isGood(Map<String, ?> answer, Map<String, ?> query, Map<String, ?> body) {
        return switch (form) {
            case RECORD -> hasKey(answer);
            case ECHO -> hasKey(answer) || isEcho(answer, body);
            // The service may send null for an empty list, but not if it counts records.
            case LIST ->
                has.stream()
                        .anyMatch(name -> answer.get(name) instanceof List<?>
                                || answer.containsKey(name)
                                        && answer.get(name) == null
                                        && !countsMore(answer, query.get("offset")));
            case MESSAGE -> answer.get("message") instanceof String said && ErrorSigns.isSentence(said);
            case ANYTHING ->
                answer.values().stream()
                        .anyMatch(value ->
                                value instanceof String said ? ErrorSigns.isSentence(said) : ErrorSigns.isSaid(value));
        };
    }

    /** Whether a response counts more records than those before the requested page. */
    private static boolean countsMore(Map<String, ?> answer, @Nullable Object offset) {
        double before = offset instanceof Number number ? number.doubleValue() : 0;
        return answer.entrySet().stream()
                .anyMatch(field -> field.getKey().toLowerCase(Locale.ROOT).matches("(.*_)?count|total.*")
                        && field.getValue() instanceof Number count
                        && count.doubleValue() > before);
    }

    /** Whether at least one of the fields has a value, and each value is a name or number that a record can have. */
    private boolean hasKey(Map<String, ?> answer) {
        boolean hasOne = false;
        for (String name : has) {
            Object value = answer.get(name);
            if (!ExpectedKey.texts(value).isEmpty()) {
                hasOne = true;
                if (NUMBERS.contains(name) ? !isNumber(value) : !(value instanceof String)) {
                    return false;
                }
            }
        }
        return hasOne;
    }

    private static boolean isNumber(@Nullable Object value) {
        if (value instanceof String text) {
            return DIGITS.matcher(text.strip()).matches();
        }
        // A BigDecimal is no whole number, and a BigInteger is too large.
        return value instanceof Integer || value instanceof Long
                ? ((Number) value).longValue() > 0 && ((Number) value).longValue() < MOST
                : value instanceof Double number && number > 0 && number < MOST && number == Math.rint(number);
    }

    private static boolean isEcho(Map<String, ?> answer, Map<String, ?> body) {
        return body.entrySet().stream().anyMatch(field -> {
            Object came = answer.get(field.getKey());
            return came != null
                    && (came.equals(field.getValue())
                            || Likeness.TEXT.holds(ExpectedKey.texts(field.getValue()), ExpectedKey.texts(came)));
        });
    }

    private boolean isAnother(ExpectedKey key, Map<String, ?> answer, Map<String, ?> query, Map<String, ?> body) {
        List<String> asked = key.asked(query, body);
        if (asked.isEmpty()) {
            return false;
        }
        if (form != Form.LIST) {
            return key.differs(answer, asked) && !key.isIdentifiedByText(answer, query, body);
        }
        if (key.differs(answer, asked)) {
            return true;
        }
        List<Boolean> others = has.stream()
                .map(answer::get)
                .filter(List.class::isInstance)
                .flatMap(rows -> ((List<?>) rows).stream())
                .filter(FrozenMap.class::isInstance)
                .map(FrozenMap.class::cast)
                .filter(row -> key.answered().stream()
                        .flatMap(List::stream)
                        .anyMatch(name -> ErrorSigns.isSaid(row.get(name))))
                .map(row -> key.differs(row, asked))
                .toList();
        // Not anyMatch: messages of a ticket that was merged into this one may keep their number.
        return !others.isEmpty() && others.stream().allMatch(other -> other);
    }
}
