package io.github.desk365mcp.tools.internal.catalogue;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.api.model.TicketQuery;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.FilterCheck;
import io.github.desk365mcp.tools.internal.core.ListAnswer;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Untrusted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads tickets page by page and reports on them.
 *
 * <p>The service filters by all arguments of the ticket list. The other conditions are checked here, on the rows that
 * were read. If reading ends early, the answer says so; it never passes off a part as the whole. One instance handles
 * one call, on one thread.
 */
final class TicketReport {

    private static final int PAGE = 100;
    private static final int USUAL_ITEMS = 10;
    private static final String TICKETS = "listed";
    private static final String NOW = "now";
    private static final String CREATED = "created_on";

    /** Resolving and closing a ticket update it, so that the service can leave out older ones. */
    private static final Set<String> UPDATES = Set.of("updated_on", "resolved_on", "closed_on");

    /** The fields of listed tickets; enough to act on them. */
    private static final List<String> LISTED =
            List.of("ticket_number", "subject", "status", "priority", "assigned_to", "group", "created_on", "due_date");

    static final Answer ANSWER = new Answer() {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("covers", Map.of("type", "string"));
            properties.put(NOW, Map.of("type", "string"));
            properties.put("complete", Map.of("type", "boolean"));
            properties.put("all", Map.of("type", "object"));
            properties.put("columns", Answer.array("string"));
            properties.put("rows", Answer.array("array"));
            properties.put(TICKETS, Answer.array("object"));
            properties.put(TRUNCATED, Map.of("type", "object"));
            return Answer.schemaOf(properties);
        }

        @Override
        public Map<String, Object> convert(Object result, AnswerOptions view) {
            return ((TicketReport) result).answer(view);
        }

        @Override
        public Map<String, String> untrusted(Map<String, Object> answer) {
            return answer.get(TICKETS) instanceof List<?> listed
                    ? Untrusted.in(TICKETS, listed, TicketShapes.TICKET)
                    : Map.of();
        }

        @Override
        public List<Map<String, Object>> blocks(Object result, boolean withCharts) {
            return withCharts ? ((TicketReport) result).charts() : List.of();
        }
    };

    private final Arguments in;
    private final Instant now;

    /** The field that the time span refers to. */
    private final String time;

    private final boolean isOverdue;
    private final boolean oldestFirst;

    private final PageWalk<Ticket> walk;
    private final FilterCheck.Matches read;
    private final List<ReportRow> matching;
    private final List<ReportColumn> columns;
    private final ReportTable table;

    private TicketReport(Desk365Client desk, Arguments in) {
        this.in = in;
        this.now = in.call().account().ledger().now();
        String named = in.get(TicketReportPage.TIME);
        this.time = named == null ? CREATED : named.equals("due") ? "due_date" : named + "_on";
        this.isOverdue = TicketFilters.isOverdue(in);
        boolean isRecent = time.equals(CREATED) && in.has(TicketReportPage.AFTER);
        this.oldestFirst = !isRecent && (isOverdue || in.has(TicketReportPage.LIST));
        this.walk = PageWalk.of(
                desk,
                in,
                desk.tickets().list(this::fill),
                Ticket::ticketNumber,
                PAGE,
                Objects.requireNonNullElse(in.get(TicketReportPage.MAX_CALLS), (long) PageWalk.USUAL_CALLS),
                "max_calls was reached",
                this::isPastStart);
        this.read = TicketFilters.filters(in).matches(walk.rows());
        this.matching = read.rows().stream()
                .map(row -> ReportRow.of(new Ticket(row.toMap())))
                .filter(this::matches)
                .toList();
        this.columns = Objects.requireNonNullElse(in.get(TicketReportPage.GROUP_BY), List.<String>of()).stream()
                .distinct()
                .map(ReportColumn::named)
                .toList();
        this.table = new ReportTable(columns, matching, time, now);
    }

    static TicketReport of(Desk365Client desk, Arguments in) {
        List<String> groups = in.get(TicketReportPage.GROUP_BY);
        if (groups != null && (groups.isEmpty() || groups.size() > 2)) {
            throw new RefusedException(
                    ErrorCodes.INVALID_ARGUMENTS, "Nothing was read. group_by takes one or two fields.");
        }
        return new TicketReport(desk, in);
    }

    private void fill(TicketQuery query) {
        TicketFilters.filter(query, in);
        Instant from = in.get(TicketReportPage.AFTER);
        Instant since = in.get(TicketFilters.UPDATED_SINCE);
        if (from != null && UPDATES.contains(time) && (since == null || since.isBefore(from))) {
            query.updatedSince(from);
        }
        query.orderBy("created_time");
        query.set("order_type", oldestFirst ? "asc" : "desc");
        query.pageSize(PAGE);
    }

    /** Whether all later pages have only tickets that were created too early. */
    private boolean isPastStart(Page<Ticket> page) {
        Instant from = in.get(TicketReportPage.AFTER);
        return from != null
                && time.equals(CREATED)
                && !oldestFirst
                && isSorted(page)
                && created(page.items().get(page.items().size() - 1)).isBefore(from);
    }

    private static boolean isSorted(Page<Ticket> page) {
        Instant last = Instant.MAX;
        for (Ticket ticket : page.items()) {
            Instant created = created(ticket);
            if (created.isAfter(last)) {
                return false;
            }
            last = created;
        }
        return !page.items().isEmpty();
    }

    /** A ticket without a readable time counts as the newest, so that it does not end the reading. */
    private static Instant created(Ticket ticket) {
        Instant created = ReportRow.of(ticket).time(CREATED);
        return created == null ? Instant.MAX : created;
    }

    private boolean matches(ReportRow row) {
        return isWithin(row.time(time), in.get(TicketReportPage.AFTER), in.get(TicketReportPage.BEFORE))
                && (!isOverdue || row.isOverdue(now));
    }

    private static boolean isWithin(@Nullable Instant time, @Nullable Instant from, @Nullable Instant to) {
        return from == null && to == null
                || time != null && (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    private Map<String, Object> answer(AnswerOptions view) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (!read.notice().isEmpty()) {
            answer.put(ListAnswer.NOTICE, read.notice());
        }
        answer.put("complete", walk.stopped() == null && walk.missed().isEmpty());
        answer.put("covers", covers());
        if (isOverdue || byDueDate()) {
            answer.put(NOW, now.truncatedTo(SECONDS).toString());
        }
        answer.put("all", table.figures());
        if (!columns.isEmpty()) {
            answer.put("columns", table.columns());
            answer.put("rows", new ArrayList<>(table.rows()));
        }
        if (in.has(TicketReportPage.LIST)) {
            answer.put(TICKETS, listed(view));
        }
        fit(answer, view);
        return answer;
    }

    /** A chart of the whole table, also of groups that the answer has no room for. */
    private List<Map<String, Object>> charts() {
        if (columns.isEmpty() || matching.isEmpty()) {
            return List.of();
        }
        String named = Objects.requireNonNullElse(in.get(TicketReportPage.TIME), "created");
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("uri", "desk365://report/chart");
        image.put("mimeType", ReportChart.MEDIA_TYPE);
        image.put("text", new ReportChart(columns, table.rows(), named, covers()).svg());
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "resource");
        block.put("resource", image);
        block.put("annotations", Map.of("audience", List.of("user")));
        return List.of(block);
    }

    private String covers() {
        int came = walk.rows().size();
        Long total = walk.total();
        String matched = matching.size() == came ? "" : "; " + matching.size() + " match all conditions";
        if (walk.stopped() == null && !walk.missed().isEmpty()) {
            return "A part only: " + PageWalk.count(came, "ticket") + " read" + matched + "." + walk.missed()
                    + " Call again for exact figures.";
        }
        if (walk.stopped() == null) {
            return "All tickets in question: " + PageWalk.count(came, "ticket") + " read" + matched + "." + missed();
        }
        return "A part only: the first " + came + " of " + (total == null ? "an unknown number of" : total)
                + " tickets, " + (oldestFirst ? "oldest" : "newest") + " first" + matched + ". Reading ended because "
                + walk.stopped() + ". Narrower filters cover more"
                + (total == null ? "" : "; all would cost " + PageWalk.count((total + PAGE - 1) / PAGE, "call")) + ".";
    }

    /** What a reader might not expect: an empty report of a helpdesk that was quiet, and tickets that are never overdue. */
    private String missed() {
        String newest = "";
        if (matching.isEmpty()) {
            newest = walk.rows().stream()
                    .map(row -> ReportRow.of(row).time(CREATED))
                    .flatMap(Stream::ofNullable)
                    .max(Comparator.naturalOrder())
                    .map(created -> " The newest of them was created on " + created + ".")
                    .orElse("");
        }
        boolean isAboutDueDates = byDueDate() || isOverdue;
        return newest + (isAboutDueDates ? TicketConditions.withoutDueDate(read.rows()) : "");
    }

    private List<Object> listed(AnswerOptions view) {
        Comparator<ReportRow> order =
                Comparator.comparing(row -> row.time(byDueDate() ? "due_date" : CREATED), nullsLast());
        List<String> fields = Stream.concat(LISTED.stream(), columns.stream().map(ReportColumn::word))
                .distinct()
                .toList();
        List<Object> listed = new ArrayList<>();
        matching.stream()
                .filter(row -> !byDueDate() || row.isOverdue(now))
                .sorted(order)
                .limit(view.most() == Integer.MAX_VALUE ? USUAL_ITEMS : view.most())
                .forEach(row -> {
                    Map<String, Object> shown = new LinkedHashMap<>();
                    fields.forEach(field -> {
                        if (row.shown().containsKey(field)) {
                            shown.put(field, row.shown().get(field));
                        }
                    });
                    listed.add(shown);
                });
        return listed;
    }

    private boolean byDueDate() {
        return "most_overdue".equals(in.get(TicketReportPage.LIST));
    }

    private static Comparator<@Nullable Instant> nullsLast() {
        return Comparator.nullsLast(Comparator.naturalOrder());
    }

    /** Leaves out the last tickets and the last groups until the answer fits, and says how many. */
    private static void fit(Map<String, Object> answer, AnswerOptions view) {
        Map<String, Object> leftOut = new LinkedHashMap<>();
        for (String part : List.of(TICKETS, "rows")) {
            if (answer.get(part) instanceof List<?> items) {
                int whole = items.size();
                while (!items.isEmpty() && view.size().of(answer) > view.size().tokens()) {
                    items.subList(items.size() - Math.max(1, items.size() / 10), items.size())
                            .clear();
                }
                if (items.size() < whole) {
                    leftOut.put(part + "_left_out", whole - items.size());
                }
            }
        }
        if (!leftOut.isEmpty()) {
            Answer.truncated(answer).putAll(leftOut);
        }
    }
}
