package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.catalogue.TicketPage.shown;
import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.ADDRESSES;
import static io.github.desk365mcp.tools.internal.core.Type.FLAG;
import static io.github.desk365mcp.tools.internal.core.Type.TIME;
import static io.github.desk365mcp.tools.internal.core.Type.WORDS;
import static io.github.desk365mcp.tools.internal.core.Type.code;
import static io.github.desk365mcp.tools.internal.core.Type.list;
import static io.github.desk365mcp.tools.internal.core.Type.oneOf;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.Code;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.api.model.Source;
import io.github.desk365mcp.api.model.TicketQuery;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.FilterCheck;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters of the ticket list: filters, order, page and additional fields. */
public final class TicketFilters {

    /** What reports and the answers to changes show for an empty field. */
    public static final String NONE = "(none)";

    static final Param<Long> TICKET_COUNT = param("ticket_count", oneOf(30L, 50L, 100L))
            .description("Page size: 30 (default), 50 or 100.")
            .example(100);
    static final Param<Boolean> WITH_DESCRIPTION =
            param("include_description", FLAG).description("Adds descriptions; long.");
    static final Param<Boolean> WITH_CUSTOM_FIELDS =
            param("include_custom_fields", FLAG).description("Adds custom fields.");
    static final Param<Boolean> WITH_SURVEY =
            param("include_survey_details", FLAG).description("Adds survey ratings.");

    static final Param<List<String>> STATUSES = shown(param("status", WORDS))
            .description(
                    "Any of these; no negation. Unresolved: [\"Open\", \"Pending\"]; also Resolved, Closed, Archived,"
                            + " custom ones.")
            .example(List.of("Open"))
            .about(VocabularyKind.STATUS);
    static final Param<List<Priority>> PRIORITIES = param("priority", list(code(Priority.class)))
            .description("Any of these.")
            .example(List.of("urgent"));
    static final Param<List<String>> TYPES = any("type", "Question").about(VocabularyKind.TYPE);
    static final Param<List<String>> GROUPS = any("group", "Network").about(VocabularyKind.GROUP);
    static final Param<List<String>> AGENTS = AgentPage.EMAILS
            .named("assigned_to")
            .description("Agents' addresses.")
            .alsoKnownAs("assign_to");
    static final Param<List<String>> CATEGORIES = any("category", "Network").about(VocabularyKind.CATEGORY);
    static final Param<List<String>> SUBCATEGORIES =
            any("subcategory", "VPN").alsoKnownAs("sub_category").about(VocabularyKind.SUBCATEGORY);
    static final Param<List<Source>> SOURCES = param("source", list(code(Source.class)))
            .description("How they arrived.")
            .example(List.of("email"));
    static final Param<List<String>> CONTACTS = param("contact_email", ADDRESSES)
            .description("Requesters' addresses.")
            .shownIn("list_all_desk_365_contacts", "contacts[].primary_email")
            .example(List.of("nora.vance@northwind.example"))
            .alsoKnownAs("contact", "email")
            .about(VocabularyKind.CONTACT);
    static final Param<List<String>> COMPANIES = any("company_name", "Northwind")
            .shownIn("list_all_desk_365_companies", "companies[].company_name")
            .alsoKnownAs("company")
            .about(VocabularyKind.COMPANY);
    static final Param<Map<String, Object>> DROPDOWNS = param("custom_fields", Type.CUSTOM_FILTERS)
            .description("Dropdown fields by name: {\"cf_Contract Level\": [\"Gold\"]}.")
            .example(Map.of("cf_Contract Level", List.of("Gold")))
            .about(VocabularyKind.CUSTOM_FIELD);
    static final Param<List<String>> NOT_SET = param(
                    "not_set", list(oneOf("assigned_to", "group", "category", "subcategory", "type")))
            .description("Fields that are empty: [\"assigned_to\"] for unassigned.")
            .example(List.of("category"))
            .about(Param.Change.CLEARS, "not_set");
    static final Param<Boolean> WITH_MERGED =
            param("include_merged", FLAG).description("Merged tickets too; default true.");
    static final Param<Instant> UPDATED_SINCE = param("updated_since", TIME)
            .description("With activity since then (ISO 8601, UTC).")
            .example("2026-11-01T00:00:00Z");
    static final Param<String> ORDER_BY =
            param("order_by", oneOf("created_time", "updated_time")).description("Default created_time.");
    static final Param<String> ORDER_TYPE =
            param("order_type", oneOf("asc", "desc")).description("Default desc.");
    // What is checked here, on rows that are read.
    static final Param<Boolean> OVERDUE = param("overdue", FLAG).description("Unresolved and past its due date.");
    static final Param<Instant> DUE_BEFORE =
            param("due_before", TIME).description("Due before then.").example("2026-12-01T00:00:00Z");
    static final Param<Instant> NO_REPLY_SINCE = param("no_reply_since", TIME)
            .description("Unresolved, created before, no reply since then.")
            .example("2026-11-20T00:00:00Z");
    static final Param<?>[] CONDITIONS = {OVERDUE, DUE_BEFORE, NO_REPLY_SINCE};

    /** What the service filters by. */
    static final Param<?>[] FILTERS = {
        STATUSES,
        PRIORITIES,
        AGENTS,
        CONTACTS,
        COMPANIES,
        GROUPS,
        TYPES,
        CATEGORIES,
        SUBCATEGORIES,
        SOURCES,
        DROPDOWNS,
        NOT_SET,
        UPDATED_SINCE
    };

    /** The order, the page and additional fields of a list. */
    static final Param<?>[] PAGE = {
        ORDER_BY,
        ORDER_TYPE,
        TICKET_COUNT,
        AnswerOptions.OFFSET,
        WITH_DESCRIPTION,
        WITH_CUSTOM_FIELDS,
        WITH_SURVEY,
        WITH_MERGED
    };

    private TicketFilters() {}

    /** The filters that are checked here, on rows that are read. */
    public static List<Param<?>> conditions() {
        return List.of(CONDITIONS);
    }

    /** Whether only overdue tickets are wanted. False does not mean the others, and the answer says so. */
    static boolean isOverdue(Arguments in) {
        Boolean overdue = in.get(OVERDUE);
        if (Boolean.FALSE.equals(overdue)) {
            in.note(OVERDUE.name() + " false was ignored: it does not filter");
        }
        return Boolean.TRUE.equals(overdue);
    }

    /** Sets what the service filters by. */
    static void filter(TicketQuery query, Arguments in) {
        in.setAll(STATUSES, query::status);
        in.set(PRIORITIES, all -> query.priority(all.toArray(Priority[]::new)));
        in.setAll(TYPES, query::type);
        in.setAll(GROUPS, query::group);
        in.setAll(AGENTS, query::assignedTo);
        in.setAll(CATEGORIES, query::category);
        in.setAll(SUBCATEGORIES, query::subcategory);
        in.set(SOURCES, all -> query.source(all.toArray(Source[]::new)));
        in.setAll(CONTACTS, query::contact);
        in.setAll(COMPANIES, query::companyName);
        in.set(DROPDOWNS, fields -> fields.forEach((name, value) -> query.customField(name, texts(name, value))));
        in.cleared(NOT_SET).forEach(query::notSet);
        in.set(UPDATED_SINCE, query::updatedSince);
        if (in.has(DROPDOWNS)) {
            // Needed to check that the service filtered by them.
            query.includeCustomFields(true);
        }
    }

    static void fill(TicketQuery query, Arguments in) {
        in.set(ORDER_BY, query::orderBy);
        in.set(ORDER_TYPE, order -> query.set("order_type", order));
        in.set(TICKET_COUNT, size -> query.pageSize(size.intValue()));
        in.set(AnswerOptions.OFFSET, query::offset);
        in.include(WITH_DESCRIPTION, query::includeDescription, "description", RecordMapping.INLINE_IMAGES);
        in.include(WITH_CUSTOM_FIELDS, query::includeCustomFields, "custom_fields");
        in.include(WITH_SURVEY, query::includeSurveyDetails, "survey_rating");
        in.set(WITH_MERGED, query::merged);
        filter(query, in);
    }

    /** Checks that the service applied the filters. */
    static FilterCheck filters(Arguments in) {
        return new FilterCheck(in)
                .byWord(STATUSES, "status")
                .by(PRIORITIES, (row, codes) -> isCode(row, codes, "priority"))
                .byWord(TYPES, "type")
                .byWord(GROUPS, "group")
                .byWord(AGENTS, "assigned_to", "assign_to")
                .byWord(CATEGORIES, "category")
                .byWord(SUBCATEGORIES, "subcategory", "sub_category")
                .by(SOURCES, (row, codes) -> isCode(row, codes, "source"))
                .byWord(CONTACTS, "contact_email", "email")
                .byWord(COMPANIES, "company_name")
                .by(DROPDOWNS, TicketFilters::hasFields)
                .by(NOT_SET, TicketFilters::isEmpty)
                .since(UPDATED_SINCE, "updated_on");
    }

    /** Checks that the service applied the filters and the order; rows do not show whether a ticket is merged. */
    static FilterCheck sieve(Arguments in) {
        return filters(in)
                .unless(WITH_MERGED, row -> null)
                .sortedBy(
                        List.of(ORDER_BY, ORDER_TYPE),
                        row -> FilterCheck.timeIn(
                                row, "updated_time".equals(in.get(ORDER_BY)) ? "updated_on" : "created_on"),
                        !"asc".equals(in.get(ORDER_TYPE)))
                .without(
                        "custom_fields",
                        in.has(DROPDOWNS)
                                && !in.asksFor("custom_fields")
                                && !Boolean.TRUE.equals(in.get(WITH_CUSTOM_FIELDS)));
    }

    private static @Nullable Boolean isCode(JsonDocument row, List<? extends Code> wanted, String name) {
        return FilterCheck.known(row.integer(name), code -> wanted.stream().anyMatch(one -> one.code() == code));
    }

    private static @Nullable Boolean hasFields(JsonDocument row, Map<String, Object> wanted) {
        JsonDocument fields = row.document("custom_fields");
        Boolean all = null;
        for (Map.Entry<String, Object> field : wanted.entrySet()) {
            List<?> values = field.getValue() instanceof List<?> list ? list : List.of(field.getValue());
            Boolean one = fields == null
                    ? FilterCheck.is(row, values, field.getKey())
                    : (Boolean) FilterCheck.isAny(fields.get(field.getKey()), values);
            if (Boolean.FALSE.equals(one)) {
                return false;
            }
            all = all == null ? one : all;
        }
        return all;
    }

    private static @Nullable Boolean isEmpty(JsonDocument row, List<String> fields) {
        Boolean all = null;
        for (String field : fields) {
            Boolean one = FilterCheck.is(row, List.of(""), field, field.equals("subcategory") ? "sub_category" : field);
            if (Boolean.FALSE.equals(one)) {
                return false;
            }
            all = all == null ? one : all;
        }
        return all;
    }

    private static Param<List<String>> any(String name, String example) {
        return shown(param(name, WORDS)).description("As in tickets.").example(List.of(example));
    }

    private static String[] texts(String name, @Nullable Object value) {
        if (value == null) {
            throw new RefusedException(ErrorCodes.INVALID_ARGUMENTS, "Nothing was done. " + name + " has no value.");
        }
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        return values.stream().map(String::valueOf).toArray(String[]::new);
    }
}
