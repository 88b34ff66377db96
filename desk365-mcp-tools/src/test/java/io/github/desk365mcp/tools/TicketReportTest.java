package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.api.model.Contact;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                    .create(
                            "nora.vance@northwind.example",
                            "Ticket " + i,
                            "<p>Text</p>",
                            ticket -> ticket.priority(Priority.values()[random.nextInt(Priority.values().length)])
                                    .status(random.nextBoolean() ? "Open" : "Pending"));
            clock.advance(Duration.ofMinutes(random.nextInt(2_000)));
            if (random.nextInt(3) > 0) {
                String status = random.nextBoolean() ? "Resolved" : "Closed";
                desk.tickets().update(made.ticketNumber(), ticket -> ticket.status(status));
            }
        }
    }

    private static List<Ticket> everyTicket() {
        return sandbox.client().tickets().list(query -> query.pageSize(100)).toList(1_000);
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
                    .filter(ticket ->
                            ticket.resolvedOn() != null && !ticket.resolvedOn().isBefore(from))
                    .toList();
            Map<String, Object> byDay =
                    report(Map.of("time", "resolved", "after", from.toString(), "group_by", List.of("day")));
            assertThat(counts(byDay))
                    .as("with new Random(%d)", seed)
                    .isEqualTo(counts(
                            resolved,
                            ticket ->
                                    List.of(String.valueOf(ticket.resolvedOn()).substring(0, 10))));
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

        Map<String, Object> report = report(
                Map.of("overdue", true, "list", "most_overdue", "max_items", 100, "group_by", List.of("category")));

        assertThat(Expect.list(report.get("listed")))
                .allSatisfy(ticket -> assertThat(Expect.map(ticket)).containsKey("category"));
        assertThat(Expect.list(report.get("listed")))
                .extracting(ticket -> Expect.map(ticket).get("ticket_number"))
                .containsExactlyElementsOf(late.stream()
                        .map(ticket -> (Object) (int) ticket.ticketNumber())
                        .toList());
        assertThat(report.toString()).contains("assigned_to=", "due_date=");
        assertThat(report).containsEntry("now", clock.instant().toString());
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
    void a_report_ends_when_the_service_says_that_no_calls_are_left() {
        try (TestSandbox limited = TestSandbox.start(options -> options.plan(io.github.desk365mcp.sandbox.Plan.PLUS))) {
            for (int i = 0; i < 49; i++) {
                limited.client().tickets().get(4052);
            }

            Map<String, Object> report =
                    Expect.answer(limited.bound(Unguarded.policy()).call(REPORT, Map.of()));

            assertThat(String.valueOf(report.get("covers")))
                    .contains("the first 100 of ")
                    .contains("Reading ended because the plan has no calls left");
            assertThat(limited.exchanges()).hasSize(50);
        }
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
    void a_report_that_is_not_about_due_dates_leaves_out_no_ticket_without_one() {
        Map<String, Object> report = report(Map.of("overdue", false));

        assertThat(String.valueOf(report.get("covers"))).doesNotContain("left out");
        assertThat(report).doesNotContainKey("now");
        assertThat(sandbox.exchanges().get(0).query()).containsEntry("order_type", List.of("desc"));
    }

    @Test
    void the_later_of_two_times_is_asked_of_the_service() {
        Map<String, Object> report = report(
                Map.of("time", "resolved", "after", "2026-11-01T00:00:00Z", "updated_since", "2026-11-20T00:00:00Z"));

        assertThat(report).doesNotContainKey("notice");
        assertThat(sandbox.exchanges().get(0).query().toString())
                .contains("2026-11-20")
                .doesNotContain("2026-11-01");
    }

    @Test
    void three_fields_to_group_by_are_refused_before_anything_is_read() {
        sandbox.forget();

        ToolResult refused = tools().call(REPORT, Map.of("group_by", List.of("status", "group", "type")));

        assertThat(refused.isError()).isTrue();
        assertThat(refused.text()).contains("group_by takes one or two fields");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    private static Map<String, Object> list(Map<String, Object> arguments) {
        return Expect.answer(tools().call(LIST_TICKETS, arguments));
    }

    /** The numbers of the listed tickets. */
    private static Set<Long> listed(Map<String, Object> answer) {
        return Expect.list(answer.get("tickets")).stream()
                .map(ticket ->
                        ((Number) Objects.requireNonNull(Expect.map(ticket).get("ticket_number"))).longValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Long> numbers(Stream<Ticket> tickets) {
        return tickets.map(Ticket::ticketNumber).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isUnresolved(Ticket ticket) {
        return Set.of("Open", "Pending").contains(ticket.status());
    }

    private static boolean isDue(Ticket ticket, Instant time) {
        return ticket.dueDate() != null && ticket.dueDate().isBefore(time);
    }

    /** Replies, notes and changes at random times, on a part of the tickets. */
    private static void talk(Random random, List<Ticket> tickets) {
        Desk365Client desk = sandbox.client();
        for (Ticket ticket : tickets) {
            clock.advance(Duration.ofMinutes(random.nextInt(300)));
            switch (random.nextInt(6)) {
                case 0, 1 -> desk.tickets().reply(ticket.ticketNumber(), "<p>We are on it.</p>");
                case 2 -> desk.tickets().note(ticket.ticketNumber(), "<p>For us.</p>");
                case 3 -> desk.tickets().update(ticket.ticketNumber(), change -> change.priority(Priority.URGENT));
                default -> {}
            }
        }
    }

    private static boolean wasAnsweredSince(Ticket ticket, Instant time) {
        return sandbox.client().tickets().conversation(ticket.ticketNumber()).messages().stream()
                .anyMatch(message -> "reply".equals(message.type())
                        && !"contact".equals(message.senderType())
                        && !Objects.requireNonNull(message.createdOn()).isBefore(time));
    }

    @Test
    void what_is_filtered_here_is_what_random_helpdesks_have() {
        for (long seed = 11; seed <= 12; seed++) {
            sandbox.reset();
            Random random = new Random(seed);
            fill(random, 25);
            talk(random, everyTicket().subList(0, 80));
            Instant then = clock.instant().minus(Duration.ofDays(1 + random.nextInt(20)));
            List<Ticket> all = everyTicket();

            Map<String, Object> overdue = list(Map.of("overdue", true, "fields", List.of("ticket_number")));
            assertThat(listed(overdue))
                    .as("overdue with new Random(%d)", seed)
                    .isEqualTo(numbers(all.stream()
                            .filter(TicketReportTest::isUnresolved)
                            .filter(ticket -> isDue(ticket, clock.instant()))));
            assertThat(overdue)
                    .containsEntry("total", (long) listed(overdue).size())
                    .doesNotContainKey("next_offset");
            assertThat(list(Map.of("overdue", true, "count_only", true)))
                    .containsEntry("total", (long) listed(overdue).size());

            assertThat(listed(list(Map.of(
                            "due_before", then.toString(), "priority", "urgent", "fields", List.of("ticket_number")))))
                    .as("due before %s with new Random(%d)", then, seed)
                    .isEqualTo(numbers(all.stream()
                            .filter(ticket -> ticket.priority() == Priority.URGENT && isDue(ticket, then))));

            Map<String, Object> waiting =
                    list(Map.of("no_reply_since", then.toString(), "fields", List.of("ticket_number")));
            Set<Long> truth = numbers(all.stream()
                    .filter(TicketReportTest::isUnresolved)
                    .filter(ticket -> Objects.requireNonNull(ticket.createdOn()).isBefore(then))
                    .filter(ticket -> !wasAnsweredSince(ticket, then)));
            Set<Long> undecided = undecided(waiting);
            assertThat(listed(waiting)).isNotEmpty();
            assertThat(undecided).isNotEmpty();
            assertThat(truth).as("with new Random(%d)", seed).containsAll(listed(waiting));
            Set<Long> shown = Set.copyOf(listed(waiting));
            long never = all.stream()
                    .filter(ticket ->
                            shown.contains(ticket.ticketNumber()) && ticket.get("first_response_time") == null)
                    .count();
            assertThat(String.valueOf(waiting.get("notice"))).contains(" " + never + " of them never had a reply");
            truth.removeAll(listed(waiting));
            assertThat(undecided)
                    .as("no reply since %s with new Random(%d)", then, seed)
                    .containsAll(truth);
        }
    }

    private static Set<Long> undecided(Map<String, Object> answer) {
        Matcher named = Pattern.compile("do not tell: ([0-9, ]+)").matcher(String.valueOf(answer.get("notice")));
        return named.find()
                ? Stream.of(named.group(1).split(", "))
                        .map(String::strip)
                        .map(Long::valueOf)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    @Test
    void overdue_urgent_tickets_are_listed_with_their_agents_in_one_call() {
        Map<String, Object> answer = list(Map.of(
                "overdue", true,
                "priority", List.of("urgent"),
                "fields", List.of("ticket_number", "assigned_to", "due_date")));

        assertThat(listed(answer)).isNotEmpty();
        assertThat(answer.toString()).contains("assigned_to=");
        assertThat(String.valueOf(answer.get("notice")))
                .startsWith("Desk365 cannot filter by overdue, so ")
                .contains(" tickets were read in 1 page of 100 and checked here; ")
                .contains(" match. It is " + clock.instant() + ".");
        long withoutDueDate = everyTicket().stream()
                .filter(ticket ->
                        ticket.priority() == Priority.URGENT && isUnresolved(ticket) && ticket.get("due_date") == null)
                .count();
        assertThat(withoutDueDate).isOne();
        assertThat(String.valueOf(answer.get("notice")))
                .endsWith(" 1 unresolved ticket without a due date is left out.");
    }

    @Test
    void an_empty_report_says_when_the_newest_ticket_was_created() {
        clock.advance(Duration.ofDays(30));

        Map<String, Object> answer =
                report(Map.of("after", clock.instant().minus(Duration.ofDays(7)).toString()));

        assertThat(String.valueOf(answer.get("covers")))
                .contains("0 match all conditions")
                .contains("The newest of them was created on "
                        + everyTicket().stream()
                                .map(ticket -> Objects.requireNonNull(ticket.createdOn()))
                                .max(Comparator.naturalOrder())
                                .orElseThrow());
    }

    @Test
    void a_list_that_is_filtered_here_ends_with_the_budget_and_goes_on_where_it_ended() {
        fill(new Random(13), 90);
        clock.advance(Duration.ofDays(30));
        int all = everyTicket().size();
        BoundTools tools = sandbox.bound(Unguarded.policy().clock(clock), desk -> desk.plan(Plan.PLUS));
        for (int i = 0; i < 48; i++) {
            tools.call(GET_TICKET, Map.of("ticket_number", 4052));
        }

        Map<String, Object> arguments = Map.of("overdue", true, "fields", List.of("ticket_number"));
        Map<String, Object> part = Expect.answer(tools.call(LIST_TICKETS, arguments));

        assertThat(String.valueOf(part.get("notice")))
                .contains("so only the first 200 of " + all + " tickets, newest first, were read in 2 pages of 100")
                .contains("Reading ended because the plan has no calls left");
        assertThat(part).containsEntry("next_offset", 200L).doesNotContainKey("total");

        clock.advance(Duration.ofMinutes(2));
        Map<String, Object> rest = Expect.answer(tools.call(LIST_TICKETS, with(arguments, "offset", 200)));
        Set<Long> both = listed(part);
        both.addAll(listed(rest));
        assertThat(both).isEqualTo(listed(list(arguments)));
    }

    @Test
    void a_count_of_a_part_is_refused() {
        BoundTools tools = sandbox.bound(Unguarded.policy().clock(clock), desk -> desk.plan(Plan.PLUS));
        for (int i = 0; i < 49; i++) {
            tools.call(GET_TICKET, Map.of("ticket_number", 4052));
        }

        ToolResult refused = tools.call(LIST_TICKETS, Map.of("overdue", true, "count_only", true));

        assertThat(refused.errorCode()).isEqualTo("not_filtered");
        assertThat(refused.text()).contains("only the first 100 of ", "So there is no count");
    }

    @Test
    void reading_ends_when_enough_is_found() {
        clock.advance(Duration.ofDays(30));
        sandbox.forget();

        Map<String, Object> answer = list(Map.of("overdue", true, "max_items", 3));

        assertThat(listed(answer)).hasSize(3);
        assertThat(sandbox.exchanges()).hasSize(1);
        assertThat(String.valueOf(answer.get("notice"))).contains("Reading ended because max_items were found");
        assertThat(answer).containsKey("next_offset");
    }

    @Test
    void a_limit_ends_the_reading_too() {
        clock.advance(Duration.ofDays(30));
        sandbox.forget();

        Map<String, Object> answer = list(Map.of("overdue", true, "limit", 30));

        assertThat(listed(answer)).hasSize(30);
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void a_page_size_that_is_not_used_is_noted() {
        assertThat(String.valueOf(
                        list(Map.of("overdue", true, "ticket_count", 30)).get("repaired")))
                .contains("ticket_count was ignored: pages of 100 are read");
    }

    @Test
    void max_items_does_not_stand_in_the_way_of_a_count() {
        fill(new Random(14), 30);
        clock.advance(Duration.ofDays(30));

        Map<String, Object> count = list(Map.of("overdue", true, "count_only", true, "max_items", 2));

        assertThat(count).containsEntry("total", (long)
                listed(list(Map.of("overdue", true, "fields", List.of("ticket_number"))))
                        .size());
    }

    @Test
    void a_total_that_was_found_here_is_not_called_unknown() {
        BoundTools tools = careless.bound(Unguarded.policy().clock(clock));

        Map<String, Object> count = Expect.answer(
                tools.call(LIST_TICKETS, Map.of("overdue", true, "status", List.of("Open"), "count_only", true)));
        Map<String, Object> report = Expect.answer(tools.call(REPORT, Map.of("status", List.of("Open"))));

        assertThat(count).containsKey("total");
        assertThat(report).containsEntry("complete", true);
        assertThat(List.of(count, report))
                .extracting(answer -> String.valueOf(answer.get("notice")))
                .allMatch(notice -> notice.contains("did not filter by status") && !notice.contains("unknown"));
    }

    @Test
    void a_part_that_does_not_begin_with_the_first_ticket_is_named() {
        fill(new Random(15), 30);
        clock.advance(Duration.ofDays(30));

        Map<String, Object> answer = list(Map.of("overdue", true, "max_items", 3, "offset", 10));

        assertThat(String.valueOf(answer.get("notice")))
                .contains(
                        "so only tickets 11 to 110 of " + everyTicket().size() + ", newest first, were read in 1 page");
    }

    @Test
    void overdue_false_is_said_not_to_filter() {
        for (String tool : List.of(LIST_TICKETS, REPORT)) {
            Map<String, Object> answer = Expect.answer(tools().call(tool, Map.of("overdue", false)));

            assertThat(String.valueOf(answer.get("repaired")))
                    .as(tool)
                    .contains("overdue false was ignored: it does not filter");
        }
    }

    @Test
    void rows_that_do_not_tell_are_named_and_not_listed() {
        sandbox.next(Fault.answer(
                200,
                Map.of(),
                "{\"count\": 4, \"tickets\": [{\"ticket_number\": 6, \"status\": \"Closed\"},"
                        + " {\"ticket_number\": 7, \"due_date\": \"2026-01-01 08:00:00\"},"
                        + " {\"ticket_number\": 8, \"status\": \"Open\"},"
                        + " {\"ticket_number\": 9, \"status\": \"Open\", \"due_date\": null}]}"));

        Map<String, Object> answer = list(Map.of("overdue", true));

        assertThat(listed(answer)).isEmpty();
        assertThat(undecided(answer)).containsExactly(7L, 8L);
        assertThat(answer).doesNotContainKey("total");
    }

    @Test
    void who_has_most_open_is_told_in_one_call_and_a_week_by_group_in_two() {
        List<Ticket> all = everyTicket();
        sandbox.forget();

        Map<String, Object> load =
                report(Map.of("status", List.of("Open", "Pending"), "group_by", List.of("assigned_to")));
        assertThat(counts(load))
                .isEqualTo(counts(
                        all.stream().filter(TicketReportTest::isUnresolved).toList(),
                        ticket -> List.of(orNone(ticket.assignedTo()))));

        Instant from = Instant.parse("2026-11-16T00:00:00Z");
        Instant to = Instant.parse("2026-11-23T00:00:00Z");
        Map<String, Object> span =
                Map.of("after", from.toString(), "before", to.toString(), "group_by", List.of("group"));
        Map<String, Object> created = report(span);
        Map<String, Object> resolved = report(with(span, "time", "resolved"));
        assertThat(counts(created))
                .isEqualTo(counts(within(all, Ticket::createdOn, from, to), ticket -> List.of(orNone(ticket.group()))));
        assertThat(counts(resolved))
                .isEqualTo(
                        counts(within(all, Ticket::resolvedOn, from, to), ticket -> List.of(orNone(ticket.group()))));
        assertThat(Expect.list(created.get("columns"))).contains("first_reply_median");
    }

    private static List<Ticket> within(
            List<Ticket> all, Function<Ticket, @Nullable Instant> time, Instant from, Instant to) {
        return all.stream()
                .filter(ticket -> {
                    Instant at = time.apply(ticket);
                    return at != null && !at.isBefore(from) && at.isBefore(to);
                })
                .toList();
    }

    @Test
    void people_are_found_by_parts_of_their_names_on_all_pages() {
        Desk365Client desk = sandbox.client();
        for (int i = 0; i < 40; i++) {
            desk.contacts().create("person" + i + "@somewhere.example", contact -> contact.name("Ána Müller"));
        }
        List<Contact> all = desk.contacts().list().toList(1_000);
        sandbox.forget();

        Map<String, Object> answer = Expect.answer(tools().call(
                        "list_all_desk_365_contacts",
                        Map.of("name", "muller ANA", "fields", List.of("primary_email"))));

        assertThat(answer).containsEntry("total", 40L).containsEntry("returned", 40);
        assertThat(String.valueOf(answer.get("notice")))
                .startsWith("Desk365 cannot filter by name, so " + all.size() + " contacts were read in ")
                .contains(" pages of 30 and checked here; 40 match.");
        assertThat(sandbox.exchanges()).hasSize((all.size() + 29) / 30);
        assertThat(Expect.answer(tools().call("list_all_desk_365_contacts", Map.of("name", "northwind nora"))))
                .containsEntry("total", 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vance, Nora",
                "Nora (Vance)",
                "Dr. Vance",
                "vance;nora",
                "Vance.",
                "'Nora'",
                "N. Vance",
                "Nora-Vance",
                "nora.vance@northwind.example"
            })
    void a_name_may_have_signs_between_its_words_and_a_title(String name) {
        Map<String, Object> answer = Expect.answer(tools().call("list_all_desk_365_contacts", Map.of("name", name)));

        assertThat(String.valueOf(answer)).contains("nora.vance@northwind.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Neil", "O\u2019Neil", "O\u2018Neil", "O\u02bcNeil"})
    void an_apostrophe_is_found_in_every_form(String name) {
        Map<String, Object> answer = Expect.answer(tools().call("list_all_desk_365_contacts", Map.of("name", name)));

        assertThat(String.valueOf(answer)).contains("grace.oneill@harborinsurance.example");
    }

    @Test
    void a_name_of_signs_alone_matches_nobody() {
        Map<String, Object> answer = Expect.answer(tools().call("list_all_desk_365_contacts", Map.of("name", "?!")));

        assertThat(answer).containsEntry("total", 0L);
    }
}
