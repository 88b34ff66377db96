package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.InvalidResponseException;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.NameForm;
import io.github.desk365mcp.tools.internal.text.Text;
import java.text.Normalizer;
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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the rows of a list match the filters: if the service ignores a filter, it returns all rows without
 * notice.
 *
 * <p>A row that certainly does not match is left out, and the answer says so. A row without the field counts as a
 * match.
 */
public final class FilterCheck {

    /** Means "has no value" in filters. */
    private static final String NOT_SET = "--";

    /** What separates the words of a name; addresses and parts of them are words. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}@._+'-]+");

    private static final Pattern EDGES = Pattern.compile("^[._+'-]+|[._+'-]+$");

    /** What stands for an apostrophe in names. */
    private static final String APOSTROPHES = "[\u2018\u2019\u02bc]";

    /** A title or an initial, such as Dr. or J., which the record may not have. */
    private static final Pattern ABBREVIATION = Pattern.compile("\\p{L}{1,4}\\.");

    private final Arguments in;
    private final Map<String, Function<JsonDocument, @Nullable Boolean>> checks = new LinkedHashMap<>();
    private final Map<String, Predicate<List<? extends JsonDocument>>> orders = new LinkedHashMap<>();
    private @Nullable String without;

    public FilterCheck(Arguments in) {
        this.in = in;
    }

    /**
     * A list without the rows that do not match.
     *
     * @param list the page or document with the remaining rows
     * @param places their indexes among all rows of the response
     * @param came how many rows the response had
     * @param hasMore whether there is another page
     * @param notice for the model
     */
    record Sifted(Object list, List<Integer> places, int came, boolean hasMore, String notice) {}

    /**
     * Checks an argument, if it was given.
     *
     * @param matches whether a row matches; null if the row does not tell
     */
    public <T> FilterCheck by(Param<T> param, BiFunction<JsonDocument, T, @Nullable Boolean> matches) {
        T value = in.get(param);
        if (value != null) {
            checks.put(param.name(), row -> matches.apply(row, value));
        }
        return this;
    }

    /** Checks an argument, if it was given and is false. */
    public FilterCheck unless(Param<Boolean> param, Function<JsonDocument, @Nullable Boolean> matches) {
        if (Boolean.FALSE.equals(in.get(param))) {
            checks.put(param.name(), matches);
        }
        return this;
    }

    /**
     * Checks that the rows are sorted, if an order was given.
     *
     * @param params the arguments that set the order; the notice names those that were given
     * @param value what the rows are sorted by; rows without it are not compared
     * @param isDescending null if either direction is right
     */
    public FilterCheck sortedBy(
            List<Param<?>> params, Function<JsonDocument, @Nullable String> value, @Nullable Boolean isDescending) {
        List<String> given = params.stream()
                .map(Param::name)
                .filter(name -> in.call().arguments().get(name) != null)
                .toList();
        if (!given.isEmpty()) {
            orders.put(Text.list(given, "and"), rows -> isSorted(rows, value, isDescending));
        }
        return this;
    }

    private static boolean isSorted(
            List<? extends JsonDocument> rows,
            Function<JsonDocument, @Nullable String> value,
            @Nullable Boolean isDescending) {
        boolean rises = false;
        boolean falls = false;
        String before = null;
        for (JsonDocument row : rows) {
            String now = value.apply(row);
            if (now != null && before != null) {
                rises |= before.compareTo(now) < 0;
                falls |= before.compareTo(now) > 0;
            }
            before = now == null ? before : now;
        }
        return isDescending == null ? !(rises && falls) : isDescending ? !rises : !falls;
    }

    /** Returns a time to sort by, as the service writes it; null if the row has none. */
    public static @Nullable String timeIn(JsonDocument row, String name) {
        return row.get(name) instanceof String time && time.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d")
                ? time
                : null;
    }

    /**
     * Returns the first letter or digit to sort by, in lower case; null if it is not ASCII. How the service sorts other
     * letters, signs, and the rest of a word is unknown.
     */
    public static @Nullable String initialIn(JsonDocument row, String... names) {
        for (String name : names) {
            if (row.get(name) instanceof String text && text.matches("(?s)[a-zA-Z0-9].*")) {
                return Ascii.lower(text.substring(0, 1));
            }
        }
        return null;
    }

    /** Checks that a row's field, under any of these names, is the given word or one of the given words. */
    public FilterCheck byWord(Param<?> param, String... names) {
        Object value = in.call().arguments().get(param.name());
        if (value != null) {
            List<?> wanted = value instanceof List<?> words ? words : List.of(value);
            checks.put(param.name(), row -> is(row, wanted, names));
        }
        return this;
    }

    /** Checks that a row's flag equals the given one. */
    public FilterCheck byFlag(Param<Boolean> param, String name) {
        return by(param, (row, flag) -> known(row.flag(name), flag::equals));
    }

    /** Checks that a row's time is not before the given one. */
    public FilterCheck since(Param<Instant> param, String name) {
        // The API has whole seconds.
        return by(
                param,
                (row, since) -> known(row.time(name), time -> !time.isBefore(since.truncatedTo(ChronoUnit.SECONDS))));
    }

    /** Removes a field from all rows that was requested only for a check. */
    public FilterCheck without(String field, boolean isUnwanted) {
        without = isUnwanted ? field : null;
        return this;
    }

    /** Applies the check to a value; null if there is none. */
    public static <V> @Nullable Boolean known(@Nullable V value, Function<V, Boolean> wanted) {
        return value == null ? null : wanted.apply(value);
    }

    /** Whether the first of these fields that the row has is one of the words. */
    public static @Nullable Boolean is(JsonDocument row, List<?> wanted, String... names) {
        for (String name : names) {
            if (row.has(name)) {
                return isAny(row.get(name), wanted);
            }
        }
        return null;
    }

    /** Ignores case and whitespace, since it is unknown how the service compares. */
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

    /**
     * Whether each of the words occurs in one of the values; case, accents and the signs between words are ignored, and
     * so are abbreviations beside a whole word.
     */
    public static boolean containsAll(Stream<String> values, String words) {
        List<String> texts = values.map(FilterCheck::plain).toList();
        return words(plain(words)).stream().allMatch(word -> texts.stream().anyMatch(text -> text.contains(word)));
    }

    private static List<String> words(String text) {
        List<String> words = BETWEEN_WORDS
                .splitAsStream(text)
                .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
        List<String> whole = words.stream()
                .filter(word -> !ABBREVIATION.matcher(word).matches())
                .toList();
        List<String> wanted = !whole.isEmpty() ? whole : words.isEmpty() ? List.of(text) : words;
        return wanted.stream()
                .flatMap(word -> word.contains("@") ? Stream.of(word) : Stream.of(word.split("-")))
                .map(word -> EDGES.matcher(word).replaceAll(""))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String plain(String text) {
        return Normalizer.normalize(folded(text), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll(APOSTROPHES, "'");
    }

    private static String folded(@Nullable Object value) {
        // Folds all of Unicode: this can only keep more rows, never drop one that the service may have matched.
        return value == null || value instanceof List<?> list && list.isEmpty()
                ? ""
                : NameForm.of(String.valueOf(value))
                        .codePoints()
                        .map(Character::toLowerCase)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /**
     * The rows that may match.
     *
     * @param rows without those that certainly do not match
     * @param places their indexes among all rows
     * @param notice for the model; empty if the service applied all filters
     */
    public record Matches(List<JsonDocument> rows, List<Integer> places, String notice) {}

    /** Returns the rows that may match. */
    public Matches matches(List<? extends JsonDocument> rows) {
        List<JsonDocument> kept = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        String notice = sift(rows, kept, places);
        return new Matches(kept, places, notice);
    }

    /**
     * Returns the rows that match conditions which the service cannot filter by.
     *
     * @param page the matching rows, with the total if it is known
     * @param places their indexes among all rows that were read
     * @param came how many rows were read
     * @param hasMore whether the list goes on after them
     * @param notice which rows were read
     * @throws RefusedException if only the total is wanted, and it is unknown
     */
    public Object filteredHere(
            Page<? extends JsonDocument> page, List<Integer> places, int came, boolean hasMore, String notice) {
        if (page.total() == null && in.asksForCount()) {
            throw noCount(notice);
        }
        return new Sifted(page, places, came, hasMore, notice);
    }

    private RefusedException noCount(String notice) {
        in.call().notes().left();
        return new RefusedException(
                ErrorCodes.NOT_FILTERED,
                notice + " So there is no count; leave out count_only to get the rows that match.");
    }

    /** Returns the page unchanged if all its rows may match. */
    public Object sift(Page<? extends JsonDocument> page) {
        List<JsonDocument> kept = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        String notice = sift(page.items(), kept, places);
        if (notice.isEmpty()) {
            return without == null ? page : Page.of(kept, page.total(), page.offset(), page.document());
        }
        boolean isWhole = kept.size() == page.items().size();
        if (!isWhole && in.asksForCount()) {
            throw noCount(notice);
        }
        if (!isWhole && (page.hasMore() || page.offset() > 0)) {
            notice += " The total number of matches is unknown.";
        }
        Page<?> rest = Page.of(kept, isWhole ? page.total() : null, page.offset(), page.document());
        return new Sifted(rest, places, page.items().size(), page.hasMore(), notice);
    }

    /** Returns the document unchanged if all rows under that name may match. */
    public Object sift(JsonDocument document, String items) {
        if (checks.isEmpty() && orders.isEmpty() || !(document.get(items) instanceof List<?> all)) {
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

    /** A row that is not an object has no fields, and is kept. */
    private static JsonDocument row(Object row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (row instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        return new JsonDocument(fields);
    }

    /** Fills in the remaining rows and their indexes; returns the notice for the model. */
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
                : "Desk365 did not filter by " + Text.list(List.copyOf(ignored), "and") + ": of " + rows.size()
                        + " rows returned, the " + (rows.size() - kept.size())
                        + " that do not match are left out here.";
        if (!unseen.isEmpty()) {
            notice += " These rows do not show whether Desk365 filtered by " + Text.list(List.copyOf(unseen), "and")
                    + ".";
        }
        for (Map.Entry<String, Predicate<List<? extends JsonDocument>>> order : orders.entrySet()) {
            if (!order.getValue().test(rows)) {
                notice += " Desk365 did not sort by " + order.getKey() + ": the rows are in another order.";
            }
        }
        return notice.strip();
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
            // The value has an unexpected type.
            return null;
        }
    }
}
