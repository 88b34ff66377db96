package io.github.desk365mcp.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of the response that must equal a field of the request.
 *
 * @param sent its names in the request: the first selects the record, and the check is skipped without it; the
 *     others rename the record
 * @param answered its fields in the response, each with its names; the first name that has a value counts
 * @param alsoIn more fields of the response that may have the value, but are no evidence if they do not
 * @param likeness how the values are compared
 * @param instead a text that identifies the record even if this field differs
 */
record ExpectedKey(
        List<String> sent,
        List<List<String>> answered,
        List<List<String>> alsoIn,
        Likeness likeness,
        @Nullable ExpectedKey instead) {

    /**
     * Creates a key.
     *
     * @param sent its names in the request
     * @param answered its fields in the response; those of {@link #alsoIn} begin with a plus sign, and names of the same
     *     field have a bar between them
     */
    static ExpectedKey of(String sent, String answered, Likeness likeness, @Nullable ExpectedKey instead) {
        List<List<String>> fields = new ArrayList<>();
        List<List<String>> alsoIn = new ArrayList<>();
        for (String field : answered.split(" ")) {
            boolean isMore = field.startsWith("+");
            (isMore ? alsoIn : fields)
                    .add(List.of(field.substring(isMore ? 1 : 0).split("\\|")));
        }
        return new ExpectedKey(List.of(sent.split(" ")), List.copyOf(fields), List.copyOf(alsoIn), likeness, instead);
    }

    /** Returns the values in the request; none if it does not select the record by this key. */
    List<String> asked(Map<String, ?> query, Map<String, ?> body) {
        List<String> asked = new ArrayList<>();
        for (String name : sent) {
            asked.addAll(texts(query.get(name)));
            asked.addAll(texts(body.get(name)));
            if (asked.isEmpty()) {
                return List.of();
            }
        }
        return asked;
    }

    /** Whether a record has another value than those in the request. */
    boolean differs(Map<String, ?> record, List<String> asked) {
        List<String> found = texts(record, answered);
        if (found.isEmpty()) {
            return false;
        }
        found.addAll(texts(record, alsoIn));
        return !likeness.holds(asked, found);
    }

    /** Whether the response has the text that identifies the record even if this field differs. */
    boolean isIdentifiedByText(Map<String, ?> answer, Map<String, ?> query, Map<String, ?> body) {
        if (instead == null) {
            return false;
        }
        List<String> asked =
                instead.asked(query, body).stream().filter(Likeness::hasLetters).toList();
        return instead.likeness.holds(asked, texts(answer, instead.answered));
    }

    private static List<String> texts(Map<String, ?> record, List<List<String>> fields) {
        List<String> texts = new ArrayList<>();
        for (List<String> names : fields) {
            int before = texts.size();
            for (int i = 0; i < names.size() && texts.size() == before; i++) {
                texts.addAll(texts(names.get(i), record.get(names.get(i))));
            }
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
    static List<String> texts(@Nullable Object value) {
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
}
