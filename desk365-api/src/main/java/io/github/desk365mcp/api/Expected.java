package io.github.desk365mcp.api;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /**
     * How many characters of a text must match. The service may clip, clean or extend a text, but presumably leaves its
     * beginning or its end unchanged.
     */
    private static final int TELLING = 20;

    private static final int LEAST_ERROR = 400;

    private static final Set<String> FAILED = Set.of("error", "fail", "failed", "failure");

    private static final Set<String> NOTHING_SAID = Set.of("null", "false", "undefined", "\"\"");

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

    /**
     * A field of the response that must equal a field of the request.
     *
     * @param sent its names in the request: the first selects the record, and the check is skipped without it; the
     *     others rename the record
     * @param answered its names in the response
     * @param alsoIn more fields of the response that may have the value, but are no evidence if they do not
     * @param isText whether it is a text that the service may change, rather than a name
     */
    private record Key(List<String> sent, List<String> answered, List<String> alsoIn, boolean isText) {}

    private final Form form;
    private final List<String> has;
    private final List<Key> keys;

    private Expected(Form form, List<String> has, List<Key> keys) {
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
        return with(sent, answered, false);
    }

    /** Requires a text field as it was sent. */
    Expected saying(String field) {
        return with(field, field, true);
    }

    private Expected with(String sent, String answered, boolean isText) {
        List<String> names = Arrays.asList(answered.split(" "));
        Key key = new Key(
                List.of(sent.split(" ")),
                names.stream().filter(name -> !name.startsWith("+")).toList(),
                names.stream()
                        .filter(name -> name.startsWith("+"))
                        .map(name -> name.substring(1))
                        .toList(),
                isText);
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
        if (isObject && isError(answer, isGood && !mayBeText())) {
            return "is an error despite its success status";
        }
        if (!isGood) {
            return has.isEmpty() ? "has no content" : "has no " + String.join(" or ", has);
        }
        return keys.stream().anyMatch(key -> isAnother(key, answer, query, body)) ? "is about another record" : null;
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
            case MESSAGE -> answer.get("message") instanceof String said && isSentence(said);
            case ANYTHING ->
                answer.values().stream()
                        .anyMatch(value -> value instanceof String said ? isSentence(said) : isSaid(value));
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

    private boolean hasKey(Map<String, ?> answer) {
        return has.stream().map(answer::get).anyMatch(value -> !texts(value).isEmpty());
    }

    private static boolean isEcho(Map<String, ?> answer, Map<String, ?> body) {
        return body.entrySet().stream().anyMatch(field -> {
            Object came = answer.get(field.getKey());
            return came != null
                    && (came.equals(field.getValue()) || isAlike(texts(field.getValue()), texts(came), true));
        });
    }

    /**
     * Whether this is an error from the service or a proxy. A ticket's status is a word, and an error's is a number.
     */
    private static boolean isError(Map<String, ?> answer, boolean hasRecord) {
        if (isSaid(answer.get("error")) || isSaid(answer.get("errors"))) {
            return true;
        }
        return !hasRecord
                && (Boolean.FALSE.equals(answer.get("success"))
                        || Stream.of("status", "code", "statusCode", "status_code")
                                .map(answer::get)
                                .anyMatch(Expected::isErrorStatus));
    }

    private static boolean isErrorStatus(@Nullable Object status) {
        if (status instanceof Number number) {
            return number.doubleValue() >= LEAST_ERROR;
        }
        return status instanceof String text
                && (text.matches("[4-9]\\d\\d(\\D.*)?") || FAILED.contains(text.toLowerCase(Locale.ROOT)));
    }

    private static boolean isSaid(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(Expected::isSaid);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Expected::isSaid);
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value instanceof String text ? !text.isBlank() : Boolean.TRUE.equals(value);
    }

    private static boolean isSentence(String said) {
        return said.chars().anyMatch(Character::isLetter) && !NOTHING_SAID.contains(said.strip());
    }

    private boolean isAnother(Key key, Map<String, ?> answer, Map<String, ?> query, Map<String, ?> body) {
        List<String> asked = new ArrayList<>();
        for (String name : key.sent) {
            asked.addAll(texts(query.get(name)));
            asked.addAll(texts(body.get(name)));
            if (asked.isEmpty()) {
                return false;
            }
        }
        if (form != Form.LIST) {
            return isAnother(key, answer, asked);
        }
        List<Boolean> others = has.stream()
                .map(answer::get)
                .filter(List.class::isInstance)
                .flatMap(rows -> ((List<?>) rows).stream())
                .filter(FrozenMap.class::isInstance)
                .map(FrozenMap.class::cast)
                .filter(row -> key.answered.stream().anyMatch(name -> isSaid(row.get(name))))
                .map(row -> isAnother(key, row, asked))
                .toList();
        // Not anyMatch: messages of a ticket that was merged into this one may keep their number.
        return !others.isEmpty() && others.stream().allMatch(other -> other);
    }

    private static boolean isAnother(Key key, Map<String, ?> record, List<String> asked) {
        List<String> answered = texts(record, key.answered);
        if (answered.isEmpty()) {
            return false;
        }
        answered.addAll(texts(record, key.alsoIn));
        return !isAlike(asked, answered, key.isText);
    }

    private static List<String> texts(Map<String, ?> record, List<String> names) {
        List<String> texts = new ArrayList<>();
        names.forEach(name -> texts.addAll(texts(record.get(name))));
        return texts;
    }

    /** Returns the values of a field as text: none if it is null or blank, and each address of several. */
    private static List<String> texts(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().flatMap(item -> texts(item).stream()).toList();
        }
        if (value == null || value instanceof String text && text.isBlank()) {
            return List.of();
        }
        // Double.toString returns 12345678.0 as 1.2345678E7.
        boolean isWhole = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15;
        String text = isWhole ? String.valueOf(((Double) value).longValue()) : String.valueOf(value);
        List<String> texts = new ArrayList<>(List.of(text));
        if (text.contains("@") && text.contains(",")) {
            texts.addAll(Arrays.asList(text.split(",")));
        }
        return texts;
    }

    private static boolean isAlike(List<String> asked, List<String> answered, boolean isText) {
        return asked.stream()
                .anyMatch(one -> answered.stream().anyMatch(other -> isText ? agree(one, other) : isSame(one, other)));
    }

    private static boolean isSame(String asked, String answered) {
        return Objects.equals(folded(asked), folded(answered));
    }

    /**
     * Ignores case. For addresses, only ASCII letters are folded: a look-alike letter belongs to another person's
     * address.
     */
    private static String folded(String text) {
        String plain = unescaped(text).replaceAll("(?U)\\s+", " ").strip();
        if (plain.matches("-?\\d+\\.0+")) {
            return plain.substring(0, plain.indexOf('.'));
        }
        if (!plain.contains("@")) {
            return Normalizer.normalize(plain, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        }
        StringBuilder folded = new StringBuilder(plain);
        for (int i = 0; i < folded.length(); i++) {
            char letter = folded.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                folded.setCharAt(i, (char) (letter + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    /** Whether two texts have the same beginning or the same end; also true if there is nothing to compare. */
    private static boolean agree(String one, String other) {
        String a = letters(one);
        String b = letters(other);
        int telling = Math.min(TELLING, Math.min(a.length(), b.length()));
        return a.regionMatches(0, b, 0, telling)
                || a.regionMatches(a.length() - telling, b, b.length() - telling, telling);
    }

    /**
     * Returns the ASCII letters and digits outside of tags and entities, because all else can be written in many ways.
     */
    private static String letters(String html) {
        String text = unescaped(html);
        StringBuilder letters = new StringBuilder();
        int lastClosing = text.lastIndexOf('>');
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at == '<' && i < lastClosing) {
                i = text.indexOf('>', i);
            } else if (at == '&') {
                i = endOfEntity(text, i);
            } else if (at < 128 && Character.isLetterOrDigit(at)) {
                letters.append(Character.toLowerCase(at));
            }
        }
        return letters.toString();
    }

    private static int endOfEntity(String text, int start) {
        int longest = Math.min(text.length(), start + 10);
        for (int i = start + 1; i < longest; i++) {
            char at = text.charAt(i);
            if (at == ';') {
                return i;
            }
            if (at != '#' && !Character.isLetterOrDigit(at)) {
                break;
            }
        }
        return start;
    }

    private static String unescaped(String text) {
        return text.indexOf('&') < 0
                ? text
                : text.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&");
    }
}
