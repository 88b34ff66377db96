package io.github.desk365mcp.tools.internal.catalogue;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.FilterCheck;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists tickets by conditions that the service has no filter for: pages are read, and the rows are checked here. The
 * answer says which rows were read, and which tickets their rows leave undecided. One instance handles one call, on one
 * thread.
 */
final class TicketConditions {

    private static final int PAGE = 100;

    /** How many undecided tickets the answer names. */
    private static final int MOST_NAMED = 30;

    private static final String FIRST_REPLY = "first_response_time";

    private final Arguments in;
    private final Instant now;
    private final Map<String, BiFunction<ReportRow, Instant, @Nullable Boolean>> conditions = new LinkedHashMap<>();
    private int found;

    private TicketConditions(Arguments in) {
        this.in = in;
        this.now = in.call().account().ledger().now();
        if (TicketFilters.isOverdue(in)) {
            conditions.put(
                    TicketFilters.OVERDUE.name(), (row, time) -> and(row.unresolved(), row.isPast("due_date", time)));
        }
        add(TicketFilters.DUE_BEFORE, (row, time) -> row.isPast("due_date", time));
        add(TicketFilters.NO_REPLY_SINCE, TicketConditions::isWaiting);
    }

    private void add(Param<Instant> param, BiFunction<ReportRow, Instant, @Nullable Boolean> condition) {
        in.set(param, time -> conditions.put(param.name(), (row, ignored) -> condition.apply(row, time)));
    }

    /** Whether both are true; null if that depends on one that is unknown. */
    private static @Nullable Boolean and(@Nullable Boolean one, @Nullable Boolean other) {
        return Boolean.TRUE.equals(one) || Boolean.FALSE.equals(other) ? other : one;
    }

    /**
     * Whether an unresolved ticket from before that time has had no reply since; null if its row does not tell. Rows have
     * the time of the first response, that is, as its name suggests, of an agent's first reply, and the time of the last
     * activity of any kind.
     */
    private static @Nullable Boolean isWaiting(ReportRow row, Instant since) {
        Boolean isInQuestion = and(row.unresolved(), row.isPast("created_on", since));
        if (Boolean.FALSE.equals(isInQuestion)) {
            return false;
        }
        Instant reply = row.time(FIRST_REPLY);
        if (reply != null && !reply.isBefore(since)) {
            return false;
        }
        boolean isSilent = Boolean.TRUE.equals(row.isPast("updated_on", since))
                || reply == null && row.ticket().has(FIRST_REPLY);
        return isSilent ? isInQuestion : null;
    }

    /** Returns the matching rows, or null if the call has no such condition. */
    static @Nullable Object list(Desk365Client desk, Arguments in) {
        TicketConditions conditions = new TicketConditions(in);
        return conditions.conditions.isEmpty() ? null : conditions.read(desk);
    }

    private Object read(Desk365Client desk) {
        Long most = in.asksForCount() ? null : in.get(AnswerOptions.MAX_ITEMS);
        if (in.has(TicketFilters.TICKET_COUNT) && in.need(TicketFilters.TICKET_COUNT) != PAGE) {
            in.note(TicketFilters.TICKET_COUNT.name() + " was ignored: pages of " + PAGE + " are read");
        }
        PageWalk<Ticket> walk = PageWalk.of(
                desk,
                in,
                desk.tickets().list(query -> {
                    TicketFilters.fill(query, in);
                    query.pageSize(PAGE);
                }),
                ticket -> ticket.get("ticket_number"),
                PAGE,
                PageWalk.USUAL_CALLS,
                "a call reads at most " + PageWalk.USUAL_CALLS + " pages",
                page -> most != null && isEnough(page, most));
        FilterCheck check = TicketFilters.sieve(in);
        PageWalk.Checked checked = walk.check(check, this::matches);
        return walk.answer(
                check,
                checked,
                Text.list(List.copyOf(conditions.keySet()), "and"),
                "ticket",
                in.has(TicketFilters.ORDER_BY) || in.has(TicketFilters.ORDER_TYPE) ? "" : ", newest first,",
                time()
                        + (isAboutDueDates()
                                ? withoutDueDate(check.matches(walk.rows()).rows())
                                : "")
                        + whoseTurn(checked.rows())
                        + undecided(checked.undecided()));
    }

    private boolean isEnough(Page<Ticket> page, long most) {
        found += (int) TicketFilters.filters(in).matches(page.items()).rows().stream()
                .filter(row -> Boolean.TRUE.equals(matches(row)))
                .count();
        return found >= most;
    }

    /** Whether the ticket matches all conditions; null if its row does not tell. */
    private @Nullable Boolean matches(JsonDocument ticket) {
        ReportRow row = ReportRow.of(new Ticket(ticket.toMap()));
        Boolean all = true;
        for (BiFunction<ReportRow, Instant, @Nullable Boolean> condition : conditions.values()) {
            all = and(all, condition.apply(row, now));
        }
        return all;
    }

    /** With it, a model can tell by how much tickets are overdue. */
    private String time() {
        return conditions.containsKey(TicketFilters.OVERDUE.name()) ? " It is " + now.truncatedTo(SECONDS) + "." : "";
    }

    private boolean isAboutDueDates() {
        return conditions.containsKey(TicketFilters.OVERDUE.name())
                || conditions.containsKey(TicketFilters.DUE_BEFORE.name());
    }

    /** Says how many unresolved tickets cannot be overdue; empty if there are none. */
    static String withoutDueDate(List<? extends JsonDocument> rows) {
        long count = rows.stream()
                .map(row -> ReportRow.of(new Ticket(row.toMap())))
                .filter(row -> Boolean.TRUE.equals(row.unresolved()) && row.time("due_date") == null)
                .count();
        return count == 0
                ? ""
                : " " + PageWalk.count(count, "unresolved ticket") + " without a due date "
                        + (count == 1 ? "is" : "are") + " left out.";
    }

    private String whoseTurn(List<JsonDocument> rows) {
        if (!conditions.containsKey(TicketFilters.NO_REPLY_SINCE.name())) {
            return "";
        }
        long never = rows.stream()
                .filter(row -> row.has(FIRST_REPLY) && row.get(FIRST_REPLY) == null)
                .count();
        return " " + never + " of them never had a reply, and have no " + FIRST_REPLY
                + " in fields. Of the others, rows do not tell whose turn it is; Pending often means the customer's.";
    }

    private String undecided(List<JsonDocument> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        int more = rows.size() - MOST_NAMED;
        return " Not listed, because their rows do not tell: "
                + rows.stream()
                        .limit(MOST_NAMED)
                        .map(row -> String.valueOf(row.get("ticket_number")))
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "") + "."
                + (conditions.containsKey(TicketFilters.NO_REPLY_SINCE.name())
                        ? " Rows show the first reply and the last activity only; a ticket's conversation shows the last"
                                + " reply."
                        : "");
    }
}
