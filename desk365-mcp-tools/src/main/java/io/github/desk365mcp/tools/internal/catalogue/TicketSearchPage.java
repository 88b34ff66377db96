package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.FLAG;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;
import static io.github.desk365mcp.tools.internal.core.Type.code;
import static io.github.desk365mcp.tools.internal.core.Type.list;
import static io.github.desk365mcp.tools.internal.core.Type.oneOf;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.SearchIn;
import io.github.desk365mcp.api.model.TicketSearch;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.FilterCheck;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools that search tickets by text. */
public final class TicketSearchPage extends CataloguePage {

    private static final int CALLS = 5;

    private static final Param<String> QUERY = param("query", TEXT)
            .description(
                    "All words must occur, in any order and form. \"Quotes\" keep a phrase together; *word* matches"
                            + " inside words.")
            .required()
            .example("receipt")
            .alsoKnownAs("search_query", "q");
    private static final Param<List<SearchIn>> SEARCH_IN = param("search_in", list(code(SearchIn.class)))
            .description("Default subject_and_number, description, conversations; archived adds archived tickets.")
            .example(List.of("subject_and_number", "description"));

    private static final Param<String> SUBJECT =
            param("subject", TEXT).description("Words in the subject.").example("till");
    private static final Param<String> NUMBER = param("ticket_number", TEXT)
            .description("The number, as a string.")
            .example("4052")
            .alsoKnownAs("id", "ticket_id", "number");
    private static final Param<Map<String, Object>> CUSTOM_FIELDS = param("custom_fields", Type.CUSTOM_FIELDS)
            .description("Words by exact field name: {\"cf_Site Name\": \"Turin\"}.")
            .example(Map.of("cf_Site Name", "Turin"))
            .about(VocabularyKind.CUSTOM_FIELD);

    private static final Param<String> ORDER_BY = param("order_by", oneOf("relevance", "created_time", "updated_time"))
            .description("How to sort.");
    private static final Param<Boolean> WITH_MERGED =
            param("include_merged", FLAG).description("Merged tickets too.");
    private static final Param<?>[] PAGE = {
        ORDER_BY,
        TicketFilters.TICKET_COUNT.description("Page size: 30, 50 or 100."),
        AnswerOptions.OFFSET,
        TicketFilters.WITH_DESCRIPTION,
        TicketFilters.WITH_CUSTOM_FIELDS,
        TicketFilters.WITH_SURVEY,
        WITH_MERGED
    };

    TicketSearchPage() {
        super("tickets");
    }

    @Override
    void write() {
        lists("desk_365_tickets_search", "search_tickets")
                .title("Search tickets")
                .description("Finds tickets by words in their text. A page costs five calls; only the first 1,000"
                        + " matches are paged.")
                .seeAlso("For status, agent, contact or company use list_all_desk_365_tickets, which costs one.")
                .takes(QUERY, SEARCH_IN)
                .takes(PAGE)
                .costs(CALLS)
                .whenEmpty("Nothing matched. All words must occur: try fewer, or search_in with archived.")
                .answers(Answer.page("tickets", TicketShapes.TICKET).countable())
                .handler((desk, in) -> check(in)
                        .sift(desk.tickets()
                                .search(in.need(QUERY), search -> {
                                    in.set(SEARCH_IN, places -> search.searchIn(places.toArray(SearchIn[]::new)));
                                    fill(search, in);
                                })
                                .firstPage()));

        lists("desk_365_tickets_advanced_search", "search_tickets_by_field")
                .title("Search tickets by field")
                .description("Finds tickets by words in subject, ticket_number or custom_fields: give at least one; all"
                        + " must match. A page costs five calls.")
                .seeAlso("For other text use desk_365_tickets_search.")
                .takes(SUBJECT, NUMBER, CUSTOM_FIELDS)
                .takes(PAGE)
                .costs(CALLS)
                .whenEmpty("Nothing matched. Every term must match: try fewer, or desk_365_tickets_search.")
                .answers(Answer.page("tickets", TicketShapes.TICKET).countable())
                .handler((desk, in) -> check(in)
                        .by(SUBJECT, (row, words) -> SearchTerms.mayMatch(words, row.get("subject")))
                        .by(NUMBER, (row, number) -> SearchTerms.mayMatch(number, row.get("ticket_number")))
                        .by(CUSTOM_FIELDS, TicketSearchPage::mayMatch)
                        .without(
                                "custom_fields",
                                in.has(CUSTOM_FIELDS)
                                        && !in.asksFor("custom_fields")
                                        && !Boolean.TRUE.equals(in.get(TicketFilters.WITH_CUSTOM_FIELDS)))
                        .sift(desk.tickets()
                                .searchFields(terms(in), search -> {
                                    fill(search, in);
                                    if (in.has(CUSTOM_FIELDS)) {
                                        // Needed to check that the service searched them.
                                        search.includeCustomFields(true);
                                    }
                                })
                                .firstPage()));
    }

    /** Checks what all searches have in common; rows do not show whether a ticket is merged. */
    private static FilterCheck check(Arguments in) {
        String order = in.get(ORDER_BY);
        FilterCheck check = new FilterCheck(in).unless(WITH_MERGED, row -> null);
        return order == null || order.equals("relevance")
                ? check
                : check.sortedBy(
                        List.of(ORDER_BY),
                        row -> FilterCheck.timeIn(row, order.equals("updated_time") ? "updated_on" : "created_on"),
                        null);
    }

    private static @Nullable Boolean mayMatch(JsonDocument row, Map<String, Object> terms) {
        JsonDocument fields = row.document("custom_fields");
        if (fields == null) {
            return null;
        }
        Boolean all = null;
        for (Map.Entry<String, Object> term : terms.entrySet()) {
            Boolean one = fields.has(term.getKey())
                    ? SearchTerms.mayMatch(String.valueOf(term.getValue()), fields.get(term.getKey()))
                    : null;
            if (Boolean.FALSE.equals(one)) {
                return false;
            }
            all = all == null ? one : all;
        }
        return all;
    }

    private static Map<String, String> terms(Arguments in) {
        Map<String, String> terms = new LinkedHashMap<>();
        in.set(SUBJECT, words -> terms.put("subject", words));
        in.set(NUMBER, number -> terms.put("ticket_number", number));
        in.set(
                CUSTOM_FIELDS,
                fields -> fields.forEach((name, value) -> {
                    if (!(value instanceof String || value instanceof Number)) {
                        throw new RefusedException(
                                ErrorCodes.INVALID_ARGUMENTS, "Nothing was searched. " + name + " must be a string.");
                    }
                    terms.put(name, String.valueOf(value));
                }));
        if (terms.isEmpty()) {
            throw new RefusedException(
                    ErrorCodes.INVALID_ARGUMENTS,
                    "Nothing was searched. Give at least one of subject, ticket_number, custom_fields.");
        }
        return terms;
    }

    private static void fill(TicketSearch search, Arguments in) {
        in.set(ORDER_BY, search::orderBy);
        in.set(TicketFilters.TICKET_COUNT, size -> search.pageSize(size.intValue()));
        in.set(AnswerOptions.OFFSET, search::offset);
        in.include(
                TicketFilters.WITH_DESCRIPTION, search::includeDescription, "description", RecordMapping.INLINE_IMAGES);
        in.include(TicketFilters.WITH_CUSTOM_FIELDS, search::includeCustomFields, "custom_fields");
        in.include(TicketFilters.WITH_SURVEY, search::includeSurveyDetails, "survey_rating");
        in.set(WITH_MERGED, search::merged);
    }
}
