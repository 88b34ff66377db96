package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.sandbox.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures of a report are those of the helpdesk, and a report on a part says which part. */
class TicketReportTest {

    private static final String REPORT = "desk_365_tickets_report";
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private static final ManualClock clock = new ManualClock(START);

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(clock));

    @RegisterExtension
    static final TestSandbox careless = TestSandbox.start(options -> options.ignoring("status", "updated_since"));

    private static BoundTools tools() {
        return sandbox.bound(Unguarded.policy().clock(clock));
    }

    private static Map<String, Object> report(Map<String, Object> arguments) {
        return Expect.answer(tools().call(REPORT, arguments));
    }

    /** The groups of a report with their number of tickets. */
    private static Map<String, Long> counts(Map<String, Object> report) {
        int place = Expect.list(report.get("columns")).indexOf("tickets");
        return Expect.list(report.get("rows")).stream()
                .map(Expect::list)
                .collect(Collectors.toMap(
                        row -> row.subList(0, place).toString(),
                        row -> ((Number) row.get(place)).longValue(),
                        Long::sum,
                        TreeMap::new));
    }

    private static Map<String, Long> counts(List<Ticket> tickets, Function<Ticket, List<?>> key) {
        return tickets.stream()
                .collect(Collectors.groupingBy(
                        ticket -> key.apply(ticket).toString(), TreeMap::new, Collectors.counting()));
    }

    private static Object orNone(@Nullable Object value) {
        return value == null || value.equals("") ? "(none)" : value;
    }

    private static void fill(Random random, int many) {
        Desk365Client desk = sandbox.client();
        for (int i = 0; i < many; i++) {
            Ticket made = desk.tickets()
                    .create("nora.vance@northwind.example", "Ticket " + i, "<p>Text</p>", ticket -> ticket.priority(
                                    Priority.values()[random.nextInt(Priority.values().length)])
                            .status(random.nextBoolean() ? "Open" : "Pending"));
            clock.advance(Duration.ofMinutes(random.nextInt(2_000)));
            if (random.nextInt(3) > 0) {
                String status = random.nextBoolean() ? "Resolved" : "Closed";
                desk.tickets().update(made.ticketNumber(), ticket -> ticket.status(status));
            }
        }
    }

    private static List<Ticket> everyTicket() {
        return sandbox.client()
                .tickets()
                .list(query -> query.pageSize(100))
                .toList(1_000);
    }

    @Test
    void figures_are_those_of_random_helpdesks() {
        for (long seed = 1; seed <= 3; seed++) {
            sandbox.reset();
            fill(new Random(seed), 60);
            List<Ticket> all = everyTicket();

            Map<String, Object> byStatus = report(Map.of("group_by", List.of("status", "priority")));
            assertThat(counts(byStatus))
                    .as("with new Random(%d)", seed)
                    .isEqualTo(counts(
                            all,
                            ticket -> List.of(
                                    orNone(ticket.status()),
                                    Objects.requireNonNull(ticket.priority())
                                            .name()
                                            .toLowerCase(Locale.ROOT))));
            assertThat(byStatus).containsEntry("complete", true);

            Instant from = START.plus(Duration.ofDays(seed));
            List<Ticket> resolved = all.stream()
                    .filter(ticket -> ticket.resolvedOn() != null
                            && !ticket.resolvedOn().isBefore(from))
                    .toList();
            Map<String, Object> byDay = report(Map.of("time", "resolved", "after", from.toString(), "group_by", List.of("day")));
            assertThat(counts(byDay))
                    .as("with new Random(%d)", seed)
                    .isEqualTo(counts(
                            resolved,
                            ticket -> List.of(String.valueOf(ticket.resolvedOn()).substring(0, 10))));
            List<Long> minutes = resolved.stream()
                    .map(Ticket::resolvedDuration)
                    .filter(Objects::nonNull)
                    .sorted()
                    .toList();
            assertThat(Expect.map(byDay.get("all")))
                    .as("with new Random(%d)", seed)
                    .containsEntry("tickets", resolved.size())
                    .containsEntry("with_resolution", minutes.size())
                    .containsEntry(
                            "resolution_median",
                            minutes.size() % 2 == 1
                                    ? minutes.get(minutes.size() / 2)
                                    : (minutes.get(minutes.size() / 2 - 1) + minutes.get(minutes.size() / 2)) / 2)
                    .containsEntry("resolution_p90", minutes.get((int) Math.ceil(minutes.size() * 0.9) - 1));
        }
    }

    @Test
    void the_most_overdue_tickets_are_listed_with_their_agents() {
        clock.advance(Duration.ofDays(30));
        List<Ticket> late = everyTicket().stream()
                .filter(ticket -> ticket.dueDate() != null
                        && ticket.dueDate().isBefore(clock.instant())
                        && Stream.of("Open", "Pending").anyMatch(status -> status.equals(ticket.status())))
                .sorted(Comparator.comparing(Ticket::dueDate))
                .toList();
        assertThat(late).isNotEmpty();

        Map<String, Object> report = report(Map.of("overdue", true, "list", "most_overdue", "max_items", 100));

        assertThat(Expect.list(report.get("listed")))
                .extracting(ticket -> Expect.map(ticket).get("ticket_number"))
                .containsExactlyElementsOf(
                        late.stream().map(ticket -> (Object) (int) ticket.ticketNumber()).toList());
        assertThat(report.toString()).contains("assigned_to=", "due_date=");
    }

    @Test
    void a_report_on_a_part_says_which_part_and_what_the_rest_would_cost() {
        fill(new Random(7), 230);
        int all = everyTicket().size();
        sandbox.forget();

        Map<String, Object> report = report(Map.of("group_by", "status", "max_calls", 2));

        assertThat(sandbox.exchanges()).hasSize(2);
        assertThat(report).containsEntry("complete", false);
        assertThat(String.valueOf(report.get("covers")))
                .contains("A part only: the first 200 of " + all + " tickets, newest first")
                .contains("max_calls was reached")
                .contains("all would cost " + (all + 99) / 100 + " calls");
        assertThat(Expect.map(report.get("all"))).containsEntry("tickets", 200);
    }

    @Test
    void a_report_on_recent_tickets_reads_no_older_pages() {
        fill(new Random(8), 230);
        Instant from = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        fill(new Random(9), 5);
        sandbox.forget();

        Map<String, Object> report = report(Map.of("after", from.toString()));

        assertThat(sandbox.exchanges()).hasSize(1);
        assertThat(report).containsEntry("complete", true);
        assertThat(Expect.map(report.get("all"))).containsEntry("tickets", 5);
    }

    @Test
    void a_report_ends_with_the_budget_and_says_so() {
        fill(new Random(10), 230);
        BoundTools tools = sandbox.bound(Unguarded.policy().clock(clock), desk -> desk.plan(Plan.PLUS));
        for (int i = 0; i < 48; i++) {
            tools.call(GET_TICKET, Map.of("ticket_number", 4052));
        }

        Map<String, Object> report = Expect.answer(tools.call(REPORT, Map.of()));

        assertThat(String.valueOf(report.get("covers")))
                .contains("the first 200 of ")
                .contains("Reading ended because the plan has no calls left");
    }

    @Test
    void a_filter_that_the_service_ignored_is_noticed() {
        BoundTools tools = careless.bound(Unguarded.policy());

        Map<String, Object> report =
                Expect.answer(tools.call(REPORT, Map.of("status", "Pending", "group_by", "status")));

        assertThat(String.valueOf(report.get("notice"))).contains("Desk365 did not filter by status");
        assertThat(counts(report).keySet()).containsExactly("[Pending]");
    }

    @Test
    void three_fields_to_group_by_are_refused_before_anything_is_read() {
        sandbox.forget();

        ToolResult refused = tools().call(REPORT, Map.of("group_by", List.of("status", "group", "type")));

        assertThat(refused.isError()).isTrue();
        assertThat(refused.text()).contains("group_by takes one or two fields");
        assertThat(sandbox.exchanges()).isEmpty();
    }
}
