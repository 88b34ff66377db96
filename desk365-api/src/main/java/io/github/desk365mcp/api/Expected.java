package io.github.desk365mcp.api;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
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

    /**
     * How many letters of a mail must be found at the beginning or end of a longer one. The service may add a signature
     * or the earlier messages; nothing can be said about shorter texts.
     */
    private static final int TELLING = 20;

    /** How many letters the service keeps at least if it clips a text. It seems to clip none under 120 characters. */
    private static final int CLIPPED = 100;

    private static final int LEAST_ERROR = 400;
    private static final int MOST_ERROR = 599;

    /** Numbers beyond this are not numbers of records. It is exact as a double. */
    private static final double MOST = 1e18;

    /** Keys that are positive whole numbers. All other keys are names. */
    private static final Set<String> NUMBERS = Set.of("ticket_number", "id");

    private static final Pattern DIGITS = Pattern.compile("0*[1-9]\\d{0,17}");

    private static final Set<String> FAILED = Set.of("error", "fail", "failed", "failure");

    private static final Set<String> NOTHING_SAID = Set.of("null", "false", "undefined", "none", "\"\"");

    // Names of fields in which services and gateways report errors, without case, underscores and hyphens. No record
    // of the API has a field with one of these names except status.
    private static final Set<String> ERRORS = Set.of(
            "error",
            "errors",
            "iserror",
            "haserror",
            "haserrors",
            "errormessage",
            "errormessages",
            "errordescription",
            "errorcode",
            "fault",
            "faultstring",
            "exception",
            "exceptionmessage");
    private static final Set<String> SUCCESSES = Set.of("success", "succeeded", "issuccess", "issuccessful", "ok");
    private static final Set<String> STATUSES = Set.of("status", "statuscode", "httpstatus", "httpstatuscode");
    private static final Set<String> FAILURE_COUNTS = Set.of("failed", "failures", "failedcount");

    /** A message that says that nothing was done. */
    private static final Pattern REFUSAL = Pattern.compile("(?i)\\b(?:not found|no such|fail(?:ed|ure)?|errors?|denied"
            + "|invalid|unauthori[sz]ed|forbidden|cannot|can't|could not|couldn't|unable|unavailable|exception"
            + "|unsuccessful|in use|permissions?|nothing)\\b|(?:\\bnot|n't) (?:be(?:en)? )?(?:exist|allowed|permitted|deleted"
            + "|removed|imported|possible)\\b");

    private static final Pattern DONE = Pattern.compile("(?i)\\bsuccess(?:ful|fully)?\\b"
            + "|(?<!not )\\b(?:been|was|were|is|are|article|category|folder) (?:deleted|removed)\\b");

    private static final Pattern NO_ERRORS = Pattern.compile("(?i)\\b(?:0|no|without) (?:errors?|fail(?:ed|ures?))\\b");

    /** The names of the characters from U+00C0 to U+00FF in HTML. */
    private static final List<String> LATIN =
            List.of(("Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute"
                            + " Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash"
                            + " Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil"
                            + " egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml"
                            + " divide oslash ugrave uacute ucirc uuml yacute thorn yuml")
                    .split(" "));

    private static final int FIRST_LATIN = 0xC0;

    /** No character before it is composed into another one. */
    private static final int FIRST_SIGN = 0x0340;

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

    private enum Kind {
        /** A name, an address or a number. */
        NAME,
        /** A text, whose markup and white space the service may change. */
        TEXT,
        /** A text that the service may also extend. */
        MAIL
    }

    /**
     * A field of the response that must equal a field of the request.
     *
     * @param sent its names in the request: the first selects the record, and the check is skipped without it; the
     *     others rename the record
     * @param answered its names in the response; of names with a bar between them, the first that has a value counts
     * @param alsoIn more fields of the response that may have the value, but are no evidence if they do not
     * @param kind how the values are compared
     * @param instead a text that identifies the record even if this field differs
     */
    private record Key(
            List<String> sent,
            List<String> answered,
            List<String> alsoIn,
            Kind kind,
            @Nullable Key instead) {}

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
        return with(key(sent, answered, Kind.NAME, null));
    }

    /** Requires a text field as it was sent. */
    Expected saying(String field) {
        return saying(field, field);
    }

    /** Requires a text as it was sent in at least one of these fields. */
    Expected saying(String sent, String answered) {
        return with(key(sent, answered, Kind.TEXT, null));
    }

    /** Requires the text of a mail, which the service may extend. */
    Expected mailing(String field) {
        return with(key(field, field, Kind.MAIL, null));
    }

    /** Requires a field that may differ if the response has the text of another field. */
    Expected namingUnlessSaying(String sent, String answered, String sentText, String answeredText) {
        return with(key(sent, answered, Kind.NAME, key(sentText, answeredText, Kind.TEXT, null)));
    }

    private static Key key(String sent, String answered, Kind kind, @Nullable Key instead) {
        List<String> names = Arrays.asList(answered.split(" "));
        return new Key(
                List.of(sent.split(" ")),
                names.stream().filter(name -> !name.startsWith("+")).toList(),
                names.stream()
                        .filter(name -> name.startsWith("+"))
                        .map(name -> name.substring(1))
                        .toList(),
                kind,
                instead);
    }

    private Expected with(Key key) {
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
        if (isGood && mayBeText() && answer.get("message") instanceof String said && isRefusal(said, query)) {
            return "says that it failed, despite its success status";
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

    /** Whether at least one of the fields has a value, and each value is a name or number that a record can have. */
    private boolean hasKey(Map<String, ?> answer) {
        List<String> given =
                has.stream().filter(name -> !texts(answer.get(name)).isEmpty()).toList();
        return !given.isEmpty()
                && given.stream()
                        .allMatch(name -> NUMBERS.contains(name)
                                ? isNumber(answer.get(name))
                                : answer.get(name) instanceof String);
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
                    && (came.equals(field.getValue()) || isAlike(texts(field.getValue()), texts(came), Kind.TEXT));
        });
    }

    /**
     * Whether this is an error from the service or a proxy.
     *
     * @param hasRecord whether it also has the record's key; then a status that is a word may be the record's
     */
    private static boolean isError(Map<?, ?> answer, boolean hasRecord) {
        // No record has a message.
        boolean isRecord = hasRecord && !(answer.get("message") instanceof String said && isSentence(said));
        return answer.entrySet().stream().anyMatch(field -> {
            String name =
                    String.valueOf(field.getKey()).toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
            Object value = field.getValue();
            return ERRORS.contains(name) && isSaid(value)
                    || SUCCESSES.contains(name) && isFalse(value)
                    || STATUSES.contains(name) && isErrorStatus(value, isRecord)
                    || !isRecord
                            && (name.equals("code") && isErrorStatus(value, false)
                                    || FAILURE_COUNTS.contains(name) && isSaid(value));
        });
    }

    private static boolean isFalse(@Nullable Object value) {
        return Boolean.FALSE.equals(value)
                || value instanceof Number number && number.doubleValue() == 0
                || value instanceof String text && text.strip().matches("(?i)false|no|0");
    }

    private static boolean isErrorStatus(@Nullable Object status, boolean isRecord) {
        if (status instanceof Map<?, ?> inner) {
            return isError(inner, false);
        }
        if (status instanceof Number number) {
            return number.doubleValue() >= LEAST_ERROR && (!isRecord || number.doubleValue() <= MOST_ERROR);
        }
        return status instanceof String text
                && (isRecord
                        ? text.strip().matches("[45]\\d\\d")
                        : text.matches("[4-9]\\d\\d(\\D.*)?") || FAILED.contains(text.toLowerCase(Locale.ROOT)));
    }

    /** Whether a message says that nothing was done. The name of the record may have any words. */
    private static boolean isRefusal(String said, Map<String, ?> query) {
        String plain = NO_ERRORS.matcher(said).replaceAll("");
        for (Object name : query.values()) {
            String text = String.valueOf(name);
            plain = text.isBlank() ? plain : plain.replace(text, "");
        }
        return REFUSAL.matcher(plain).find() && !DONE.matcher(plain).find();
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
        return value instanceof String text
                ? !text.isBlank() && !NOTHING_SAID.contains(text.strip().toLowerCase(Locale.ROOT))
                : Boolean.TRUE.equals(value);
    }

    private static boolean isSentence(String said) {
        return said.chars().anyMatch(Character::isLetter) && !NOTHING_SAID.contains(said.strip());
    }

    private boolean isAnother(Key key, Map<String, ?> answer, Map<String, ?> query, Map<String, ?> body) {
        List<String> asked = asked(key, query, body);
        if (asked.isEmpty()) {
            return false;
        }
        if (form != Form.LIST) {
            return isAnother(key, answer, asked) && !proves(key.instead, answer, query, body);
        }
        if (isAnother(key, answer, asked)) {
            return true;
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

    /** Returns the values in the request; none if it does not select the record by this key. */
    private static List<String> asked(Key key, Map<String, ?> query, Map<String, ?> body) {
        List<String> asked = new ArrayList<>();
        for (String name : key.sent) {
            asked.addAll(texts(query.get(name)));
            asked.addAll(texts(body.get(name)));
            if (asked.isEmpty()) {
                return List.of();
            }
        }
        return asked;
    }

    private static boolean isAnother(Key key, Map<String, ?> record, List<String> asked) {
        List<String> answered = texts(record, key.answered);
        if (answered.isEmpty()) {
            return false;
        }
        answered.addAll(texts(record, key.alsoIn));
        return !isAlike(asked, answered, key.kind);
    }

    private static boolean proves(
            @Nullable Key text, Map<String, ?> answer, Map<String, ?> query, Map<String, ?> body) {
        if (text == null) {
            return false;
        }
        List<String> asked = asked(text, query, body).stream()
                .filter(one -> !letters(one).isEmpty())
                .toList();
        return isAlike(asked, texts(answer, text.answered), text.kind);
    }

    private static List<String> texts(Map<String, ?> record, List<String> names) {
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            Stream.of(name.split("\\|"))
                    .map(one -> texts(one, record.get(one)))
                    .filter(values -> !values.isEmpty())
                    .findFirst()
                    .ifPresent(texts::addAll);
        }
        return texts;
    }

    /** Returns the values of a field, and each address of several in one text. Only a secondary field has several. */
    private static List<String> texts(String name, @Nullable Object value) {
        List<String> texts = texts(value);
        return name.startsWith("secondary")
                ? texts.stream()
                        .flatMap(text -> Stream.of(text.split("[,;]")))
                        .filter(text -> !text.isBlank())
                        .toList()
                : texts;
    }

    /** Returns the values of a field as text: none if it is null or blank. */
    private static List<String> texts(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().flatMap(item -> texts(item).stream()).toList();
        }
        if (value == null || value instanceof String text && text.isBlank()) {
            return List.of();
        }
        // Double.toString returns 12345678.0 as 1.2345678E7.
        boolean isWhole = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15;
        return List.of(isWhole ? String.valueOf(((Double) value).longValue()) : String.valueOf(value));
    }

    private static boolean isAlike(List<String> asked, List<String> answered, Kind kind) {
        return asked.stream()
                .anyMatch(one -> answered.stream()
                        .anyMatch(other -> kind == Kind.NAME ? isSame(one, other) : agree(one, other, kind)));
    }

    private static boolean isSame(String asked, String answered) {
        return Objects.equals(folded(asked), folded(answered));
    }

    /**
     * Ignores case. A letter that only looks like the lower case of another, such as the Kelvin sign, stays; in
     * addresses, only ASCII letters are folded.
     */
    private static String folded(String text) {
        String plain = unescaped(text).replaceAll("(?U)\\s+", " ").strip();
        if (plain.matches("-?\\d+\\.0+")) {
            return plain.substring(0, plain.indexOf('.'));
        }
        boolean isAddress = plain.contains("@");
        boolean isComposed = isAddress || plain.codePoints().anyMatch(Expected::isSign);
        return (isComposed ? plain : Normalizer.normalize(plain, Normalizer.Form.NFC))
                .codePoints()
                .map(point -> isAddress && point >= 128 ? point : lower(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether a character would be composed into a letter that it only looks like. */
    private static boolean isSign(int point) {
        String sign = Character.toString(point);
        String composed = point < FIRST_SIGN ? sign : Normalizer.normalize(sign, Normalizer.Form.NFC);
        return !composed.equals(sign) && composed.codePointCount(0, composed.length()) == 1;
    }

    private static int lower(int point) {
        int lower = Character.toLowerCase(point);
        return Character.toUpperCase(lower) == point ? lower : point;
    }

    /** Whether two texts have the same letters and digits, as far as the service did not clip or extend the text. */
    private static boolean agree(String asked, String answered, Kind kind) {
        String a = letters(asked);
        String b = letters(answered);
        if (a.isEmpty() && b.isEmpty()) {
            return symbols(asked).equals(symbols(answered));
        }
        return a.equals(b)
                || b.length() >= CLIPPED && a.startsWith(b)
                || kind == Kind.MAIL && a.length() >= TELLING && (b.startsWith(a) || b.endsWith(a));
    }

    /** Returns the letters, their accents, and the digits, because all else can be written in many ways. */
    private static String letters(String html) {
        return kept(html, point -> Character.isLetterOrDigit(point) || isAccent(point));
    }

    /** Returns what identifies a text without letters. */
    private static String symbols(String html) {
        return kept(
                html, point -> !Character.isWhitespace(point) && !Character.isSpaceChar(point) && !isSelector(point));
    }

    private static String kept(String html, IntPredicate isKept) {
        return Normalizer.normalize(text(html), Normalizer.Form.NFC)
                .codePoints()
                .filter(isKept)
                .map(Expected::lower)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAccent(int point) {
        int type = Character.getType(point);
        return (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK) && !isSelector(point);
    }

    /** Variation selectors choose the look of a character. */
    private static boolean isSelector(int point) {
        return point >= 0xFE00 && point <= 0xFE0F || point >= 0xE0100 && point <= 0xE01EF;
    }

    /** Returns the text outside of tags, with characters for character references. */
    private static String text(String html) {
        String unescaped = unescaped(html);
        StringBuilder text = new StringBuilder();
        int lastClosing = unescaped.lastIndexOf('>');
        for (int i = 0; i < unescaped.length(); i++) {
            char at = unescaped.charAt(i);
            if (at == '<' && i < lastClosing) {
                i = unescaped.indexOf('>', i);
            } else if (at == '&') {
                int end = endOfEntity(unescaped, i);
                text.append(end == i ? "&" : character(unescaped.substring(i + 1, end)));
                i = end;
            } else {
                text.append(at);
            }
        }
        return text.toString();
    }

    /** Returns the character that a reference names; a space if it is not known. */
    private static String character(String name) {
        if (name.matches("#\\d{1,7}|#[xX]\\p{XDigit}{1,6}")) {
            boolean isHex = Character.toLowerCase(name.charAt(1)) == 'x';
            int point = isHex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            return Character.isValidCodePoint(point) ? Character.toString(point) : " ";
        }
        int place = LATIN.indexOf(name);
        return place < 0 ? " " : Character.toString(FIRST_LATIN + place);
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
