package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Many records in one envelope, as many as are wanted and fit. */
public final class ListAnswer implements Answer {

    /** The field that names further fields which can be requested. */
    private static final String MORE_FIELDS = "more_fields";

    /** The field that names requested fields which the service has only in answers about one record. */
    public static final String NOT_IN_LIST = "not_in_list";

    /** The field that says what follows the items that {@code max_items} allows. */
    private static final String BEYOND_MAX_ITEMS = "beyond_max_items";

    /** The field that says how the answer differs from what was asked for. */
    public static final String NOTICE = "notice";

    private final String items;
    private final @Nullable String wire;
    private final RecordMapping shape;
    private final boolean countable;

    /**
     * Creates the form.
     *
     * @param wire the list's name in the response; null if the client has read it as a page
     */
    ListAnswer(String items, @Nullable String wire, RecordMapping shape) {
        this(items, wire, shape, false);
    }

    private ListAnswer(String items, @Nullable String wire, RecordMapping shape, boolean countable) {
        this.items = items;
        this.wire = wire;
        this.shape = shape;
        this.countable = countable;
    }

    /** Adds an argument that asks only for the total. */
    public ListAnswer countable() {
        return new ListAnswer(items, wire, shape, true);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(items, Answer.array("object"));
        for (String count : List.of("returned", "total", "offset", "next_offset")) {
            properties.put(count, Map.of("type", "integer"));
        }
        properties.put(TRUNCATED, Map.of("type", "object"));
        return Answer.schemaOf(properties);
    }

    @Override
    public List<Param<?>> takes() {
        List<Param<?>> params = new ArrayList<>();
        AnswerOptions.fields(shape, shape.namesInLists()).ifPresent(params::add);
        params.add(AnswerOptions.MAX_ITEMS);
        if (wire != null) {
            params.add(AnswerOptions.OFFSET);
        }
        if (countable) {
            params.add(AnswerOptions.COUNT_ONLY);
        }
        if (shape.hasBodies()) {
            params.add(AnswerOptions.BODY_FORMAT);
        }
        return params;
    }

    @Override
    public Map<String, Object> convert(Object result, AnswerOptions view) {
        if (result instanceof FilterCheck.Sifted sifted) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put(NOTICE, sifted.notice());
            answer.putAll(
                    sifted.list() instanceof Page<?> page
                            ? convert(page, sifted.places(), sifted.came(), sifted.hasMore(), view)
                            : convert(sifted.list(), view));
            return answer;
        }
        if (result instanceof Page<?> page) {
            int came = page.items().size();
            return convert(page, places(came), came, page.hasMore(), view);
        }
        JsonDocument document = (JsonDocument) result;
        Object value = document.get(String.valueOf(wire));
        List<?> sent = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        List<?> all = sent.stream().filter(Map.class::isInstance).toList();
        int from = (int) Math.min(view.offset(), all.size());
        int left = all.size() - from;
        Map<String, Object> answer =
                convert(all.subList(from, all.size()), places(left), left, from, (long) all.size(), false, view);
        if (all.size() < sent.size()) {
            // Items of an unexpected type are kept under a name of their own.
            answer.put(
                    items + AS_SENT,
                    sent.stream().filter(item -> !(item instanceof Map)).toList());
        }
        return answer;
    }

    private static List<Integer> places(int came) {
        return IntStream.range(0, came).boxed().toList();
    }

    private Map<String, Object> convert(
            Page<?> page, List<Integer> places, int came, boolean hasMore, AnswerOptions view) {
        List<?> records =
                page.items().stream().map(item -> ((JsonDocument) item).toMap()).toList();
        return convert(records, places, came, page.offset(), page.total(), hasMore, view);
    }

    /**
     * Creates the answer.
     *
     * @param places the records' indexes among all rows of the response
     * @param came how many rows the response had
     */
    private Map<String, Object> convert(
            List<?> records,
            List<Integer> places,
            int came,
            long offset,
            @Nullable Long total,
            boolean hasMore,
            AnswerOptions view) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (view.countOnly() && total != null) {
            answer.put("total", total);
            return answer;
        }
        List<String> more = offset > 0
                ? List.of()
                : view.hides(shape).stream()
                        .filter(name -> shape.isIn(records, name))
                        .toList();
        List<Map<String, Object>> shown = new ArrayList<>();
        List<String> leftOut = show(records, shown, view.size().of(Map.of(MORE_FIELDS, more)), view);
        answer.put(items, shown);
        answer.put("returned", shown.size());
        if (total != null) {
            answer.put("total", total);
        }
        if (wire == null || offset > 0) {
            answer.put("offset", offset);
        }
        int cut = records.size() - shown.size();
        long next = offset + (cut > 0 ? places.get(shown.size()) : came);
        if (hasMore || cut > 0) {
            answer.put("next_offset", next);
        }
        Map<String, Object> truncated = new LinkedHashMap<>();
        if (cut > 0) {
            boolean isAsked = shown.size() == view.most();
            Map<String, Object> rest = isAsked ? new LinkedHashMap<>() : truncated;
            rest.put(isAsked ? "items" : "items_left_out", total == null ? cut : total - offset - shown.size());
            if (isAsked) {
                // The model has asked for so many, and next_offset is enough to go on.
                put(answer, BEYOND_MAX_ITEMS, rest);
            } else {
                rest.put("get_with", view.again(Map.of("offset", next)));
            }
        }
        tell(truncated, leftOut, places.isEmpty() ? offset : offset + places.get(0), view);
        put(answer, TRUNCATED, truncated);
        if (!more.isEmpty()) {
            answer.put(MORE_FIELDS, more);
        }
        List<String> absent = view.asksOfRecord(shape).stream()
                .filter(name -> !records.isEmpty() && !shape.isIn(records, name))
                .toList();
        if (!absent.isEmpty()) {
            answer.put(NOT_IN_LIST, absent);
        }
        view.mark(answer, shown, shape);
        return answer;
    }

    /** Fills in as many records as fit, but at least one; returns the fields removed from that one. */
    private List<String> show(List<?> records, List<Map<String, Object>> shown, int taken, AnswerOptions view) {
        int room = view.size().tokens() - taken;
        List<String> leftOut = List.of();
        for (Object item : records) {
            if (shown.size() == view.most()) {
                break;
            }
            Map<String, Object> record = shape.convert((Map<?, ?>) item, view);
            int size = view.size().of(record, shape);
            if (size > room) {
                if (!shown.isEmpty()) {
                    break;
                }
                leftOut = view.size().slim(record, room, view);
                size = view.size().of(record, shape);
            }
            shown.add(record);
            room -= size;
        }
        return leftOut;
    }

    private void tell(Map<String, Object> truncated, List<String> leftOut, long offset, AnswerOptions view) {
        if (!leftOut.isEmpty()) {
            truncated.put("fields_left_out", leftOut);
            Map<String, Object> one = new LinkedHashMap<>(view.picking(leftOut, shape));
            if (!one.isEmpty()) {
                one.put("offset", offset);
                if (view.takes().test(AnswerOptions.MAX_ITEMS.name())) {
                    one.put(AnswerOptions.MAX_ITEMS.name(), 1);
                }
                truncated.put("get_fields_with", view.again(one));
            }
        }
    }

    /** Adds what is left out, and what it costs if the service always returns the whole list. */
    private void put(Map<String, Object> answer, String name, Map<String, Object> left) {
        if (left.isEmpty()) {
            return;
        }
        if (wire != null) {
            left.put("costs", "as much as this call");
        }
        answer.put(name, left);
    }

    /** The mapping of its records. */
    public RecordMapping shape() {
        return shape;
    }

    @Override
    public Map<String, String> untrusted(Map<String, Object> answer) {
        Map<String, String> untrusted = new LinkedHashMap<>();
        if (answer.get(items) instanceof List<?> list) {
            untrusted.putAll(Untrusted.in(items, list, shape));
        }
        if (answer.containsKey(items + AS_SENT)) {
            untrusted.put(items + AS_SENT, Field.Writer.CONTACT.word());
        }
        return untrusted;
    }
}
