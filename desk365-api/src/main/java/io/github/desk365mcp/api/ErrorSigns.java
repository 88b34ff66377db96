package io.github.desk365mcp.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes errors in responses that have a success status. */
final class ErrorSigns {

    private static final int LEAST_ERROR = 400;
    private static final int MOST_ERROR = 599;

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

    private static final Pattern ERROR_STATUS = Pattern.compile("[45]\\d\\d");

    /** An error status, perhaps followed by its words. */
    private static final Pattern ERROR_LINE = Pattern.compile("[4-9]\\d\\d(\\D.*)?");

    /** A message that says that nothing was done. */
    private static final Pattern REFUSAL = Pattern.compile("(?i)\\b(?:not found|no such|fail(?:ed|ure)?|errors?|denied"
            + "|invalid|unauthori[sz]ed|forbidden|cannot|can't|could not|couldn't|unable|unavailable|exception"
            + "|unsuccessful|in use|permissions?|nothing)\\b|(?:\\bnot|n't) (?:be(?:en)? )?(?:exist|allowed|permitted|deleted"
            + "|removed|imported|possible)\\b");

    private static final Pattern DONE = Pattern.compile("(?i)\\bsuccess(?:ful|fully)?\\b"
            + "|(?<!not )\\b(?:been|was|were|is|are|article|category|folder) (?:deleted|removed)\\b");

    private static final Pattern NO_ERRORS = Pattern.compile("(?i)\\b(?:0|no|without) (?:errors?|fail(?:ed|ures?))\\b");

    private ErrorSigns() {}

    /**
     * Whether this is an error from the service or a proxy.
     *
     * @param hasRecord whether it also has the record's key; then a status that is a word may be the record's
     */
    static boolean isError(Map<?, ?> answer, boolean hasRecord) {
        // No record has a message.
        boolean isRecord = hasRecord && !(answer.get("message") instanceof String said && isSentence(said));
        for (Map.Entry<?, ?> field : answer.entrySet()) {
            String name = letters(String.valueOf(field.getKey()));
            Object value = field.getValue();
            if (ERRORS.contains(name) && isSaid(value)
                    || SUCCESSES.contains(name) && isFalse(value)
                    || STATUSES.contains(name) && isErrorStatus(value, isRecord)
                    || !isRecord
                            && (name.equals("code") && isErrorStatus(value, false)
                                    || FAILURE_COUNTS.contains(name) && isSaid(value))) {
                return true;
            }
        }
        return false;
    }

    /** Returns a name in lower case and without its separators. */
    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
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
                        ? ERROR_STATUS.matcher(text.strip()).matches()
                        : ERROR_LINE.matcher(text).matches() || FAILED.contains(text.toLowerCase(Locale.ROOT)));
    }

    /** Whether a message says that nothing was done. The name of the record may have any words. */
    static boolean isRefusal(String said, Map<String, ?> query) {
        String plain = NO_ERRORS.matcher(said).replaceAll("");
        for (Object name : query.values()) {
            String text = String.valueOf(name);
            plain = text.isBlank() ? plain : plain.replace(text, "");
        }
        return REFUSAL.matcher(plain).find() && !DONE.matcher(plain).find();
    }

    /** Whether a value says anything: null, false, 0 and blank text do not. */
    static boolean isSaid(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(ErrorSigns::isSaid);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(ErrorSigns::isSaid);
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value instanceof String text
                ? !text.isBlank() && !NOTHING_SAID.contains(text.strip().toLowerCase(Locale.ROOT))
                : Boolean.TRUE.equals(value);
    }

    /** Whether a text has a letter and is no word for nothing. */
    static boolean isSentence(String said) {
        return said.chars().anyMatch(Character::isLetter) && !NOTHING_SAID.contains(said.strip());
    }
}
