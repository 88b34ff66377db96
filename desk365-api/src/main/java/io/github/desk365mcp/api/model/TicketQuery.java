package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import io.github.desk365mcp.api.InvalidArgumentException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which tickets are listed, and how.
 *
 * <p>Values of one filter are alternatives; different filters must all match (inferred). Ranges and negation
 * were not seen. A filter without values is refused with an {@link InvalidArgumentException}. Filters travel as plain JSON; the vendor's document asks for more escaping, which a newer client does
 * without; neither was tried on a live account. */
public final class TicketQuery extends Input<TicketQuery> {

    private final Map<String, Object> filters = new LinkedHashMap<>();

    private final Map<String, Object> customFields = new LinkedHashMap<>();

    /** Nothing is set at first. */
    public TicketQuery() {}

    /** How many tickets are skipped. Default 0. */
    public TicketQuery offset(long offset) {
        return set("offset", offset);
    }

    /** Whether descriptions come along. Default no. */
    public TicketQuery includeDescription(boolean includeDescription) {
        return setFlag("include_description", includeDescription);
    }

    /** Whether custom fields come along. Default no. */
    public TicketQuery includeCustomFields(boolean includeCustomFields) {
        return setFlag("include_custom_fields", includeCustomFields);
    }

    /** Whether the latest survey rating comes along. Default no. */
    public TicketQuery includeSurveyDetails(boolean includeSurveyDetails) {
        return setFlag("include_survey_details", includeSurveyDetails);
    }

    /** Whether custom fields and ratings stand among the fields of the ticket. Default no. One source. */
    public TicketQuery flatten(boolean flatten) {
        return setFlag("nested_fields", flatten);
    }

    /** Only tickets with activity after this time. That the service reads it as UTC is inferred. */
    public TicketQuery updatedSince(Instant updatedSince) {
        return set("updated_since", Times.format(updatedSince));
    }

    /** Tickets a page: 30, 50 or 100; the service refuses other sizes. Default 30. */
    public TicketQuery pageSize(int size) {
        return set("ticket_count", size);
    }

    /** The order: {@code created_time} (default) or {@code updated_time}. */
    public TicketQuery orderBy(String field) {
        return set("order_by", field);
    }

    /** The oldest first; default is the newest first. */
    public TicketQuery oldestFirst() {
        return set("order_type", "asc");
    }

    /** Tickets with one of these statuses. */
    public TicketQuery status(String... statuses) {
        return filter("status", statuses);
    }

    /** Tickets with one of these priorities. */
    public TicketQuery priority(Priority... priorities) {
        return filter("priority", codes(priorities));
    }

    /** Tickets of one of these types. */
    public TicketQuery type(String... types) {
        return filter("type", types);
    }

    /** Tickets in one of these groups. */
    public TicketQuery group(String... groups) {
        return filter("group", groups);
    }

    /** Tickets of one of these agents, by address. */
    public TicketQuery assignedTo(String... agents) {
        return filter("assigned_to", agents);
    }

    /** Tickets in one of these categories. */
    public TicketQuery category(String... categories) {
        return filter("category", categories);
    }

    /** Tickets in one of these subcategories. */
    public TicketQuery subcategory(String... subcategories) {
        return filter("subcategory", subcategories);
    }

    /** Tickets that came in by one of these ways. */
    public TicketQuery source(Source... sources) {
        return filter("source", codes(sources));
    }

    /** Tickets of one of these contacts, by address. */
    public TicketQuery contact(String... contacts) {
        return filter("contact", contacts);
    }

    /** Tickets of one of these companies. One source. */
    public TicketQuery companyName(String... companies) {
        return filter("company_name", companies);
    }

    /** Tickets in which a dropdown field, {@code cf_<label>}, has one of these values. One source. */
    public TicketQuery customField(String field, String... values) {
        customFields.put(field, some(field, values));
        filters.put("custom_fields", customFields);
        return set("filters", filters);
    }

    /** Tickets in which nothing is set for a filter key, such as {@code assigned_to}, {@code group} or {@code category}. */
    public TicketQuery notSet(String key) {
        return filter(key, "--");
    }

    /** Whether tickets that were merged into others are listed. Default yes. One source. */
    public TicketQuery merged(boolean merged) {
        filters.put("include_merged", merged ? 1 : 0);
        return set("filters", filters);
    }

    /** A filter by its key, for keys that this version does not know: one of the values must match. */
    public TicketQuery filter(String key, String... values) {
        filters.put(key, some(key, values));
        return set("filters", filters);
    }

    /** What a filter without values would find is unknown: everything, nothing, or an error. */
    private static List<String> some(String key, String... values) {
        if (values.length == 0) {
            throw refused("filter " + key + " needs a value");
        }
        return List.of(values);
    }

    private static String[] codes(Code... codes) {
        return Stream.of(codes).map(code -> String.valueOf(code.code())).toArray(String[]::new);
    }
}
