package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.InvalidResponseException;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the rows of a list are what was asked for: the service says nothing about a filter that it ignores, and
 * answers everything.
 *
 * <p>A row that surely does not match is left out, and the answer says so. What a row does not tell counts as a match.
 */
public final class FilterCheck {

    /** Stands for "has no value" in filters. */
    private static final String NOT_SET = "--";

    private final Arguments in;
    private final Map<String, Function<JsonDocument, @Nullable Boolean>> checks = new LinkedHashMap<>();
    private @Nullable String without;

    public FilterCheck(Arguments in) {
        this.in = in;
    }

    /**
     * A list without the rows that do not match.
     *
     * @param list the page, or the document, with the rows that are left
     * @param places where they stood among all that came
     * @param came how many came
     * @param hasMore whether there is another page
     * @param notice what a model must know of it
     */
    record Sifted(Object list, List<Integer> places, int came, boolean hasMore, String notice) {}

    /** Looks at an argument, if it was given: true, false, or null where the row does not tell. */
    public <T> FilterCheck by(Param<T> param, BiFunction<JsonDocument, T, @Nullable Boolean> matches) {
        T value = in.get(param);
        if (value != null) {
            checks.put(param.name(), row -> matches.apply(row, value));
        }
        return this;
    }

    /** Rows whose field, whichever of these names it has, is this word or one of these words. */
    public FilterCheck byWord(Param<?> param, String... names) {
        Object value = in.call().arguments().get(param.name());
        if (value != null) {
            List<?> wanted = value instanceof List<?> words ? words : List.of(value);
            checks.put(param.name(), row -> is(row, wanted, names));
        }
        return this;
    }

    /** Rows whose flag is as given. */
    public FilterCheck byFlag(Param<Boolean> param, String name) {
        return by(param, (row, flag) -> known(row.flag(name), flag::equals));
    }

    /** Rows whose time is not before the given one. */
    public FilterCheck since(Param<Instant> param, String name) {
        // The wire has full seconds.
        return by(
                param,
                (row, since) -> known(row.time(name), time -> !time.isBefore(since.truncatedTo(ChronoUnit.SECONDS))));
    }

    /** Leaves a field out of all rows, which was asked for only to look at it. */
    public FilterCheck without(String field, boolean isUnwanted) {
        without = isUnwanted ? field : null;
        return this;
    }

    /** Whether a value is as wanted; null if there is none. */
    public static <V> @Nullable Boolean known(@Nullable V value, Function<V, Boolean> wanted) {
        return value == null ? null : wanted.apply(value);
    }

    /** Whether the first of these fields that a row has is one of the words. */
    public static @Nullable Boolean is(JsonDocument row, List<?> wanted, String... names) {
        for (String name : names) {
            if (row.has(name)) {
                return isAny(row.get(name), wanted);
            }
        }
        return null;
    }

    /** Capitals and blanks apart, since nobody knows how the service compares. */
    public static boolean isAny(@Nullable Object value, List<?> wanted) {
        Set<String> words = new LinkedHashSet<>();
        wanted.forEach(word -> words.add(folded(word)));
        String text = folded(value);
        if (text.isEmpty()) {
            return words.contains(NOT_SET) || words.contains("");
        }
        Stream<?> values = value instanceof List<?> list ? list.stream() : Stream.of(text.split("[,;]"));
        return words.contains(text) || values.map(FilterCheck::folded).anyMatch(words::contains);
    }

    private static String folded(@Nullable Object value) {
        // All of Unicode, for this only keeps rows: one that the service may have matched is not left out.
        return value == null || value instanceof List<?> list && list.isEmpty()
                ? ""
                : String.valueOf(value)
                        .strip()
                        .replaceAll("\\s+", " ")
                        .codePoints()
                        .map(Character::toLowerCase)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** The page as it is if all its rows may match. */
    public Object sift(Page<? extends JsonDocument> page) {
        List<JsonDocument> kept = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        String notice = sift(page.items(), kept, places);
        if (notice.isEmpty()) {
            return without == null ? page : Page.of(kept, page.total(), page.offset(), page.document());
        }
        boolean isWhole = kept.size() == page.items().size();
        if (!isWhole && in.asksForCount()) {
            in.call().notes().left();
            throw new RefusedException(
                    ErrorCodes.NOT_FILTERED,
                    notice
                            + " So there is no count of what was asked for; leave count_only out to get the rows that match.");
        }
        Page<?> rest = Page.of(kept, isWhole ? page.total() : null, page.offset(), page.document());
        return new Sifted(rest, places, page.items().size(), page.hasMore(), notice);
    }

    /** The document as it is if all rows under that name may match. */
    public Object sift(JsonDocument document, String items) {
        if (checks.isEmpty() || !(document.get(items) instanceof List<?> all)) {
            return document;
        }
        List<Object> kept = new ArrayList<>();
        List<JsonDocument> rows = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        String notice = sift(all.stream().map(FilterCheck::row).toList(), rows, places);
        if (notice.isEmpty()) {
            return document;
        }
        places.forEach(place -> kept.add(all.get(place)));
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(document.toMap());
        rest.put(items, kept);
        return new Sifted(new JsonDocument(rest), places, all.size(), false, notice);
    }

    /** What is no object has no fields, and stays. */
    private static JsonDocument row(Object row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (row instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        return new JsonDocument(fields);
    }

    /** Fills in what is left; answers what is to be said of it. */
    private String sift(List<? extends JsonDocument> rows, List<JsonDocument> kept, List<Integer> places) {
        Set<String> ignored = new LinkedHashSet<>();
        Set<String> unseen = new LinkedHashSet<>(rows.isEmpty() ? Set.of() : checks.keySet());
        for (int i = 0; i < rows.size(); i++) {
            JsonDocument row = rows.get(i);
            boolean isKept = true;
            for (Map.Entry<String, Function<JsonDocument, @Nullable Boolean>> check : checks.entrySet()) {
                Boolean matches = look(check.getValue(), row);
                if (matches != null) {
                    unseen.remove(check.getKey());
                }
                if (Boolean.FALSE.equals(matches)) {
                    ignored.add(check.getKey());
                    isKept = false;
                }
            }
            if (isKept) {
                kept.add(without == null ? row : stripped(row, without));
                places.add(i);
            }
        }
        String notice = ignored.isEmpty()
                ? ""
                : "Desk365 did not filter by " + Text.list(List.copyOf(ignored), "and") + ": of the " + rows.size()
                        + " rows that came, the " + (rows.size() - kept.size())
                        + " that do not match are left out here. How many match in all is unknown.";
        return unseen.isEmpty()
                ? notice
                : (notice + " Whether Desk365 filtered by " + Text.list(List.copyOf(unseen), "and")
                                + " cannot be seen in these rows.")
                        .strip();
    }

    private static JsonDocument stripped(JsonDocument row, String field) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(row.toMap());
        fields.remove(field);
        return new JsonDocument(fields);
    }

    private static @Nullable Boolean look(Function<JsonDocument, @Nullable Boolean> check, JsonDocument row) {
        try {
            return check.apply(row);
        } catch (InvalidResponseException e) {
            // Of another kind than was ever seen.
            return null;
        }
    }
}
