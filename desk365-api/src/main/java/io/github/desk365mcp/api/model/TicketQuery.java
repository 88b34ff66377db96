package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import io.github.desk365mcp.api.InvalidArgumentException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Filters and options for listing tickets.
 *
 * <p>The values of one filter are alternatives; all filters must match (inferred). No ranges or negation are known. A
 * filter without values throws an {@link InvalidArgumentException}. Filters are sent as plain JSON. The vendor's
 * documentation asks for additional escaping, which a newer client omits; neither form was tested on a live account.
 */
public final class TicketQuery extends Input<TicketQuery> {

    private final Map<String, Object> filters = new LinkedHashMap<>();

    private final Map<String, Object> customFields = new LinkedHashMap<>();

    /** Creates an input with no fields set. */
    public TicketQuery() {}

    /**
     * Skips tickets.
     *
     * @param offset the number of tickets to skip, 0 by default
     * @return this
     */
    public TicketQuery offset(long offset) {
        return set("offset", offset);
    }

    /**
     * Sets whether descriptions are included.
     *
     * @param includeDescription false by default
     * @return this
     */
    public TicketQuery includeDescription(boolean includeDescription) {
        return setFlag("include_description", includeDescription);
    }

    /**
     * Sets whether custom fields are included.
     *
     * @param includeCustomFields false by default
     * @return this
     */
    public TicketQuery includeCustomFields(boolean includeCustomFields) {
        return setFlag("include_custom_fields", includeCustomFields);
    }

    /**
     * Sets whether the latest survey rating is included.
     *
     * @param includeSurveyDetails false by default
     * @return this
     */
    public TicketQuery includeSurveyDetails(boolean includeSurveyDetails) {
        return setFlag("include_survey_details", includeSurveyDetails);
    }

    /**
     * Sets whether custom fields and survey ratings are sent as fields of the ticket instead of nested objects. Known
     * from one source.
     *
     * @param flatten false by default
     * @return this
     */
    public TicketQuery flatten(boolean flatten) {
        return setFlag("nested_fields", flatten);
    }

    /**
     * Lists only tickets with activity after a time.
     *
     * @param updatedSince the time; that the service reads it as UTC is inferred
     * @return this
     */
    public TicketQuery updatedSince(Instant updatedSince) {
        return set("updated_since", Times.format(updatedSince));
    }

    /**
     * Sets the page size.
     *
     * @param size 30, 50 or 100, by default 30; the service refuses other sizes
     * @return this
     */
    public TicketQuery pageSize(int size) {
        return set("ticket_count", size);
    }

    /**
     * Sets the field to sort by.
     *
     * @param field {@code created_time}, the default, or {@code updated_time}
     * @return this
     */
    public TicketQuery orderBy(String field) {
        return set("order_by", field);
    }

    /**
     * Sorts in ascending order of time; by default, the newest ticket is first.
     *
     * @return this
     */
    public TicketQuery oldestFirst() {
        return set("order_type", "asc");
    }

    /**
     * Lists only tickets with one of these statuses.
     *
     * @param statuses for example Open; each account defines its own statuses
     * @return this
     */
    public TicketQuery status(String... statuses) {
        return filter("status", statuses);
    }

    /**
     * Lists only tickets with one of these priorities.
     *
     * @param priorities the priorities
     * @return this
     */
    public TicketQuery priority(Priority... priorities) {
        return filter("priority", codes(priorities));
    }

    /**
     * Lists only tickets of one of these types.
     *
     * @param types for example Question; each account defines its own types
     * @return this
     */
    public TicketQuery type(String... types) {
        return filter("type", types);
    }

    /**
     * Lists only tickets assigned to one of these groups.
     *
     * @param groups the names of the groups
     * @return this
     */
    public TicketQuery group(String... groups) {
        return filter("group", groups);
    }

    /**
     * Lists only tickets assigned to one of these agents.
     *
     * @param agents the agents' email addresses
     * @return this
     */
    public TicketQuery assignedTo(String... agents) {
        return filter("assigned_to", agents);
    }

    /**
     * Lists only tickets in one of these categories.
     *
     * @param categories the names of the categories
     * @return this
     */
    public TicketQuery category(String... categories) {
        return filter("category", categories);
    }

    /**
     * Lists only tickets in one of these subcategories.
     *
     * @param subcategories the names of the subcategories
     * @return this
     */
    public TicketQuery subcategory(String... subcategories) {
        return filter("subcategory", subcategories);
    }

    /**
     * Lists only tickets created through one of these channels.
     *
     * @param sources the channels
     * @return this
     */
    public TicketQuery source(Source... sources) {
        return filter("source", codes(sources));
    }

    /**
     * Lists only tickets of one of these contacts.
     *
     * @param contacts the contacts' email addresses
     * @return this
     */
    public TicketQuery contact(String... contacts) {
        return filter("contact", contacts);
    }

    /**
     * Lists only tickets of one of these companies. Known from one source.
     *
     * @param companies the names of the companies
     * @return this
     */
    public TicketQuery companyName(String... companies) {
        return filter("company_name", companies);
    }

    /**
     * Lists only tickets in which a dropdown field has one of these values. Known from one source.
     *
     * @param field the name of the field, {@code cf_<label>}
     * @param values the values
     * @return this
     */
    public TicketQuery customField(String field, String... values) {
        customFields.put(field, some(field, values));
        filters.put("custom_fields", customFields);
        return set("filters", filters);
    }

    /**
     * Lists only tickets in which a field is not set.
     *
     * @param key the filter key, for example {@code assigned_to}, {@code group} or {@code category}
     * @return this
     */
    public TicketQuery notSet(String key) {
        return filter(key, "--");
    }

    /**
     * Sets whether tickets that were merged into others are included. Known from one source.
     *
     * @param merged true by default
     * @return this
     */
    public TicketQuery merged(boolean merged) {
        filters.put("include_merged", merged ? 1 : 0);
        return set("filters", filters);
    }

    /**
     * Lists only tickets that match a filter with any key, for keys that this version does not know.
     *
     * @param key the filter key
     * @param values the values, one of which must match
     * @return this
     */
    public TicketQuery filter(String key, String... values) {
        filters.put(key, some(key, values));
        return set("filters", filters);
    }

    /** What a filter without values matches is unknown, so it is refused. */
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
