package io.github.desk365mcp.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the reason in the JSON of an error response. Its form is unknown, so the usual ones are read. */
final class Reasons {

    private static final int DEEPEST = 4;
    private static final int MOST = 5;

    /** The names of a sentence, the best first; compared without case, dashes and underscores. */
    private static final List<String> SENTENCES = List.of(
            "message", "description", "detail", "errordescription", "errormessage", "reason", "msg", "error", "title");

    /** The names of several reasons. */
    private static final List<String> LISTS = List.of("errors", "details", "validationerrors", "modelstate");

    /** The names of the field that a reason is about. */
    private static final List<String> FIELDS = List.of("field", "property", "propertyname", "param", "loc", "path");

    private Reasons() {}

    /** Returns the reason, or an empty text if there is none. */
    static String in(@Nullable Object json) {
        return in(json, 0);
    }

    private static String in(@Nullable Object json, int depth) {
        if (depth > DEEPEST) {
            return "";
        }
        if (json instanceof String text) {
            return text.strip();
        }
        if (json instanceof List<?> list) {
            return join(
                    list.stream().limit(MOST).map(item -> in(item, depth + 1)).toList());
        }
        return json instanceof Map<?, ?> fields ? inFields(fields, depth) : "";
    }

    private static String inFields(Map<?, ?> fields, int depth) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        fields.forEach((name, value) -> plain.putIfAbsent(plain(name), value));
        String sentence = "";
        for (String name : SENTENCES) {
            sentence = sentence.isEmpty() ? in(plain.get(name), depth + 1) : sentence;
        }
        String about = "";
        for (String name : FIELDS) {
            about = about.isEmpty() ? path(plain.get(name)) : about;
        }
        String more = "";
        for (String name : LISTS) {
            more = more.isEmpty() ? inList(plain.get(name), depth + 1) : more;
        }
        if (sentence.isEmpty()) {
            return more;
        }
        String named = about.isEmpty() || sentence.contains(about) ? sentence : about + ": " + sentence;
        return more.isEmpty() || named.contains(more) ? named : named.replaceAll("[.:\\s]+$", "") + ": " + more;
    }

    /** Reads a list of reasons, or an object with the reasons of each field. */
    private static String inList(@Nullable Object reasons, int depth) {
        if (!(reasons instanceof Map<?, ?> fields)) {
            return in(reasons, depth);
        }
        String known = inFields(fields, depth);
        if (!known.isEmpty()) {
            return known;
        }
        List<String> all = new ArrayList<>();
        fields.forEach((name, value) -> {
            String reason = all.size() < MOST ? in(value, depth + 1) : "";
            if (!reason.isEmpty()) {
                all.add(name + ": " + reason);
            }
        });
        return join(all);
    }

    private static String path(@Nullable Object field) {
        if (field instanceof String name) {
            return name.strip();
        }
        return field instanceof List<?> parts
                ? String.join(
                        ".",
                        parts.stream()
                                .filter(Objects::nonNull)
                                .map(String::valueOf)
                                .toList())
                : "";
    }

    private static String join(List<String> reasons) {
        return String.join(
                "; ",
                reasons.stream().filter(reason -> !reason.isEmpty()).distinct().toList());
    }

    private static String plain(Object name) {
        return String.valueOf(name).toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }
}
