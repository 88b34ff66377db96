package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import io.github.desk365mcp.api.InvalidArgumentException;
import java.util.stream.Stream;

/** Options for searching tickets. Known from one source. */
public final class TicketSearch extends Input<TicketSearch> {

    /** Creates an input with no fields set. */
    public TicketSearch() {}

    /**
     * Sets where {@code search} looks. {@code searchFields} ignores this, because its terms name their fields.
     *
     * @param places the places, at least one
     * @return this
     * @throws InvalidArgumentException if there is no place
     */
    public TicketSearch searchIn(SearchIn... places) {
        if (places.length == 0) {
            throw refused("searchIn needs a place");
        }
        return set("search_in", Stream.of(places).map(SearchIn::code).toList());
    }

    /**
     * Skips matches. Only the first 1,000 matches can be paged.
     *
     * @param offset the number of matches to skip, 0 by default
     * @return this
     */
    public TicketSearch offset(long offset) {
        return set("offset", offset);
    }

    /**
     * Sets whether descriptions are included.
     *
     * @param includeDescription the default is unknown
     * @return this
     */
    public TicketSearch includeDescription(boolean includeDescription) {
        return setFlag("include_description", includeDescription);
    }

    /**
     * Sets whether custom fields are included.
     *
     * @param includeCustomFields the default is unknown
     * @return this
     */
    public TicketSearch includeCustomFields(boolean includeCustomFields) {
        return setFlag("include_custom_fields", includeCustomFields);
    }

    /**
     * Sets whether the latest survey rating is included.
     *
     * @param includeSurveyDetails the default is unknown
     * @return this
     */
    public TicketSearch includeSurveyDetails(boolean includeSurveyDetails) {
        return setFlag("include_survey_details", includeSurveyDetails);
    }

    /**
     * Sets whether tickets that were merged into others are included.
     *
     * @param merged the default is unknown
     * @return this
     */
    public TicketSearch merged(boolean merged) {
        return setFlag("include_merged", merged);
    }

    /**
     * Sets the page size.
     *
     * @param size 30, 50 or 100; the default is unknown
     * @return this
     */
    public TicketSearch pageSize(int size) {
        return set("ticket_count", size);
    }

    /**
     * Sets the order of the matches.
     *
     * @param field {@code relevance}, {@code created_time} or {@code updated_time}; the default is unknown
     * @return this
     */
    public TicketSearch orderBy(String field) {
        return set("order_by", field);
    }
}
