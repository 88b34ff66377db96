package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.util.stream.Stream;

/** How a search is done. Known from one source. */
public final class TicketSearch extends Input<TicketSearch> {

    /** Nothing is set at first. */
    public TicketSearch() {}

    /** Where {@code search} looks; {@code searchFields} looks at its own terms only. */
    public TicketSearch searchIn(SearchIn... places) {
        return set("search_in", Stream.of(places).map(SearchIn::code).toList());
    }

    /** How many matches are skipped; only the first 1,000 can be paged. Default 0. */
    public TicketSearch offset(long offset) {
        return set("offset", offset);
    }

    /** Whether descriptions come along. */
    public TicketSearch includeDescription(boolean includeDescription) {
        return setFlag("include_description", includeDescription);
    }

    /** Whether custom fields come along. */
    public TicketSearch includeCustomFields(boolean includeCustomFields) {
        return setFlag("include_custom_fields", includeCustomFields);
    }

    /** Whether the latest survey rating comes along. */
    public TicketSearch includeSurveyDetails(boolean includeSurveyDetails) {
        return setFlag("include_survey_details", includeSurveyDetails);
    }

    /** Whether tickets that were merged into others are found. */
    public TicketSearch merged(boolean merged) {
        return setFlag("include_merged", merged);
    }

    /** Tickets a page: 30, 50 or 100. */
    public TicketSearch pageSize(int size) {
        return set("ticket_count", size);
    }

    /** The order: {@code relevance}, {@code created_time} or {@code updated_time}. */
    public TicketSearch orderBy(String field) {
        return set("order_by", field);
    }
}
