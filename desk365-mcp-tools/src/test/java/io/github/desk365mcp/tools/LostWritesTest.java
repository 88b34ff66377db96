package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolExamples.without;
import static io.github.desk365mcp.tools.ToolNames.CREATE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET_WITH_FILES;
import static io.github.desk365mcp.tools.ToolNames.IMPORT_CONVERSATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.DuplicateStage;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next equal call does after a write that got no answer. */
class LostWritesTest {

    /** The service does not say when it made these, so that nobody can tell whose they are. */
    private static final Set<String> UNDATED = Set.of("create_a_desk_365_contract", "create_a_desk_365_asset_location");

    /** What no answer of the service shows, or shows as the default if it is left out. */
    private static final Set<String> UNSHOWN =
            Set.of("from_email", "include_prev_ccs", "include_prev_messages", "private", "contract_tickets");

    private static final ManualClock CLOCK = new ManualClock();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(CLOCK));

    private static BoundTools tools() {
        return bound(sandbox.client());
    }

    private static BoundTools bound(Desk365Client desk) {
        return Desk365Tools.with(Unguarded.noticesRepeats(CLOCK)).bind(desk);
    }

    private static Stream<String> creating() {
        return Catalogue.tools().stream()
                .filter(tool -> tool.verb() == Tool.Verb.CREATES)
                .map(Tool::name);
    }

    /** Each tool that makes something, with as little and as much as it takes, of what can be read again. */
    static Stream<Arguments> calls() {
        return creating()
                .flatMap(name -> Stream.of(
                                readable(name, ToolExamples.smallest(Catalogue.get(name))),
                                readable(name, ToolExamples.fullest(Catalogue.get(name))))
                        .distinct()
                        .map(arguments -> Arguments.of(name, arguments)));
    }

    private static Map<String, Object> readable(String name, Map<String, Object> arguments) {
        if (name.equals(CREATE_ARTICLE)) {
            return with(arguments, "status", "published");
        }
        return name.equals(IMPORT_CONVERSATIONS)
                ? imported(Map.of("type", "note", "body", "From the old system."))
                : arguments;
    }

    private static Map<String, Object> imported(Map<String, Object> message) {
        return Map.of("ticket_number", 4052, "conversations", List.of(message));
    }

    private static ToolResult lost(BoundTools tools, String name, Map<String, Object> arguments, Fault fault) {
        sandbox.next(fault);
        ToolResult lost = tools.call(name, arguments);
        assertThat(lost.errorCode()).as(lost.text()).isEqualTo("unknown_outcome");
        return lost;
    }

    /** Waits until a record that cannot be found does not exist. */
    private static void settle() {
        CLOCK.advance(Duration.ofSeconds(10));
    }

    private static void assertUnclear(ToolResult result) {
        assertThat(result.errorCode()).as(result.text()).isEqualTo("unknown_outcome");
        assertThat(result.text()).contains("Nothing was sent now").containsIgnoringCase("a person must check");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void what_was_made_is_found_and_not_made_again(String name, Map<String, Object> arguments) {
        BoundTools tools = tools();
        lost(tools, name, arguments, Fault.loseAnswer());

        CLOCK.advance(Duration.ofMinutes(30));
        ToolResult second = tools.call(name, arguments);

        if (UNDATED.contains(name)) {
            assertUnclear(second);
        } else {
            assertThat(second.structuredContent()).as(second.text()).containsEntry("found", true);
            assertThat(second.text()).contains("Nothing was sent now", "it seems to have created");
            assertThat(Expect.answer(second)).as("the record itself").hasSizeGreaterThan(2);
            assertThat(new ArgumentSchema(Catalogue.get(name).answer().schema()).problems(Expect.answer(second)))
                    .isEmpty();
            assertThat(tools.call(name, arguments).structuredContent()).containsEntry("replayed", true);
        }
        assertThat(sandbox.writes()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void what_was_not_made_is_made_now_and_once(String name, Map<String, Object> arguments) {
        BoundTools tools = tools();
        lost(tools, name, arguments, Fault.dropBefore());
        settle();

        ToolResult second = tools.call(name, arguments);

        assertThat(second.isError()).as(second.text()).isFalse();
        assertThat(second.structuredContent()).doesNotContainKeys("found", "replayed");
        assertThat(tools.call(name, arguments).structuredContent()).containsEntry("replayed", true);
        assertThat(sandbox.writes()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void an_equal_one_from_before_is_not_taken_for_it(String name, Map<String, Object> arguments) {
        tools().call(name, arguments);
        CLOCK.advance(Duration.ofSeconds(2));
        BoundTools tools = tools();
        lost(tools, name, arguments, Fault.dropBefore());
        settle();

        ToolResult second = tools.call(name, arguments);

        assertThat(second.structuredContent() == null ? Map.of() : second.structuredContent())
                .as(second.text())
                .doesNotContainKey("found");
        if (second.isError()) {
            assertThat(second.errorCode()).as(second.text()).isIn("unknown_outcome", "refused", "conflict");
        } else {
            assertThat(sandbox.writes()).hasSize(3);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void an_equal_one_that_somebody_makes_later_is_left_to_a_person(String name, Map<String, Object> arguments) {
        BoundTools tools = tools();
        lost(tools, name, arguments, Fault.dropBefore());
        CLOCK.advance(Duration.ofMinutes(1));
        tools().call(name, arguments);

        assertUnclear(tools.call(name, arguments));
        assertThat(sandbox.writes()).hasSize(2);
    }

    static Stream<Arguments> lookAlikes() {
        return creating().flatMap(name -> {
            // Those in copy before would stand beside those that were given.
            Map<String, Object> all =
                    without(readable(name, ToolExamples.fullest(Catalogue.get(name))), "include_prev_ccs");
            return Catalogue.get(name).params().stream()
                    .filter(param -> !param.isRequired() && all.containsKey(param.name()))
                    .map(Param::name)
                    .filter(argument -> !UNSHOWN.contains(argument))
                    .filter(argument -> !(name.equals(CREATE_ARTICLE) && argument.equals("status")))
                    .map(argument -> Arguments.of(name, argument, all));
        });
    }

    /** What somebody else may have sent: all the same but for this argument. */
    private static Map<String, Object> otherwise(Map<String, Object> arguments, String argument) {
        Object value = arguments.get(argument);
        if (argument.matches("agent_email|created_by_email|assigned_to")) {
            // To leave it out means the owner of the key.
            return with(arguments, argument, "tom.becker@desk.example");
        }
        if (argument.equals("company_name")) {
            return with(arguments, argument, "Fabrikam GmbH");
        }
        return switch (argument) {
            case "form_name" -> with(arguments, argument, "Support Portal Form");
            case "category" -> without(without(arguments, argument), "subcategory");
            case "rollover_unused_hours" -> without(without(arguments, argument), "rollover_value");
            default ->
                value instanceof Integer number
                        ? with(arguments, argument, number + 1)
                        : value instanceof Boolean flag
                                ? with(arguments, argument, !flag)
                                : without(arguments, argument);
        };
    }

    @ParameterizedTest
    @MethodSource("lookAlikes")
    void one_of_another_agent_that_differs_in_anything_is_not_taken_for_it(
            String name, String argument, Map<String, Object> arguments) {
        BoundTools tools = tools();
        lost(tools, name, arguments, Fault.dropBefore());
        ToolResult others = tools().call(name, otherwise(arguments, argument));
        assertThat(others.isError()).as(others.text()).isFalse();
        settle();

        ToolResult second = tools.call(name, arguments);

        if (second.isError()) {
            assertUnclear(second);
            assertThat(second.text()).contains("differs in " + argument);
        } else {
            assertThat(second.structuredContent()).as(second.text()).doesNotContainKey("found");
        }
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("contact_email", "giulia.ferraro@northwind.example", false),
                Arguments.of("subject", "Another thing", false),
                Arguments.of("description", "<p>Another thing.</p>", false),
                Arguments.of("status", "Open", true),
                Arguments.of("priority", "low", true),
                Arguments.of("custom_fields", Map.of("cf_Site Name", "Oslo"), true));
    }

    /** The helpdesk's own rules change fields, but not who asked for what. */
    @ParameterizedTest
    @MethodSource("others")
    void a_ticket_of_another_agent_that_says_something_else_is_not_taken_for_it(
            String argument, Object other, boolean isForAPerson) {
        Map<String, Object> arguments = ToolExamples.fullest(Catalogue.get(CREATE_TICKET));
        BoundTools tools = tools();
        lost(tools, CREATE_TICKET, arguments, Fault.dropBefore());
        ToolResult made = tools().call(CREATE_TICKET, with(arguments, argument, other));
        assertThat(made.isError()).as(made.text()).isFalse();
        settle();

        ToolResult second = tools.call(CREATE_TICKET, arguments);

        if (isForAPerson) {
            assertUnclear(second);
        } else {
            assertThat(second.isError()).as(second.text()).isFalse();
            assertThat(second.structuredContent()).doesNotContainKey("found");
        }
    }

    /** The longest subject of the service is unknown; it may be 120 characters. */
    @Test
    void a_ticket_whose_subject_may_have_been_clipped_is_left_to_a_person() {
        String subject = "till ".repeat(28) + "down";
        Map<String, Object> ticket = with(ToolExamples.smallest(Catalogue.get(CREATE_TICKET)), "subject", subject);
        BoundTools tools = tools();
        lost(tools, CREATE_TICKET, ticket, Fault.dropBefore());
        assertThat(tools().call(CREATE_TICKET, with(ticket, "subject", subject.substring(0, 120)))
                        .isError())
                .isFalse();
        settle();

        ToolResult second = tools.call(CREATE_TICKET, ticket);

        assertUnclear(second);
        assertThat(second.text()).contains("differs in subject");
    }

    @Test
    void a_message_of_another_agent_with_the_same_text_is_not_taken_for_it() {
        Map<String, Object> note =
                Map.of("ticket_number", 4052, "body", "Called her back.", "agent_email", "rita.solberg@desk.example");
        BoundTools tools = tools();
        lost(tools, CREATE_NOTE, note, Fault.dropBefore());
        tools().call(CREATE_NOTE, with(note, "agent_email", "tom.becker@desk.example"));

        ToolResult second = tools.call(CREATE_NOTE, note);

        assertUnclear(second);
        assertThat(second.text()).contains("differs in agent_email");
    }

    @Test
    void a_message_without_a_named_agent_says_whose_it_must_be() {
        Map<String, Object> note = Map.of("ticket_number", 4052, "body", "Called her back.");
        BoundTools tools = tools();
        lost(tools, CREATE_NOTE, note, Fault.loseAnswer());

        assertThat(tools.call(CREATE_NOTE, note).text()).contains("created_by is the owner of the API key");
    }

    @Test
    void of_two_equal_ones_none_is_found() {
        Map<String, Object> ticket = ToolExamples.smallest(Catalogue.get(CREATE_TICKET));
        BoundTools tools = tools();
        lost(tools, CREATE_TICKET, ticket, Fault.loseAnswer());
        tools().call(CREATE_TICKET, ticket);

        ToolResult second = tools.call(CREATE_TICKET, ticket);

        assertUnclear(second);
        assertThat(second.text()).contains("2 equal records");
        assertThat(sandbox.writes()).hasSize(2);
    }

    @Test
    void messages_with_a_time_of_their_own_may_have_been_imported_before() {
        Map<String, Object> message =
                Map.of("type", "note", "body", "Old.", "created_on", "2026-10-30T09:15:00Z", "sender_type", "agent");
        BoundTools tools = tools();
        lost(tools, IMPORT_CONVERSATIONS, imported(message), Fault.loseAnswer());

        ToolResult second = tools.call(IMPORT_CONVERSATIONS, imported(message));

        assertUnclear(second);
        assertThat(second.text()).contains("when they were imported is unknown");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"created_by", "to_address", "cc_address", "bcc_address", "notified_agents"})
    void an_imported_message_that_differs_is_not_taken_for_it(String field) {
        Map<String, Object> message = new LinkedHashMap<>(Map.of(
                "type", "note",
                "body", "Old.",
                "created_by", "tom.becker@desk.example",
                "to_address", "support@desk.example",
                "cc_address", List.of("b@northwind.example"),
                "bcc_address", List.of("c@northwind.example"),
                "notified_agents", List.of("tom.becker@desk.example")));
        BoundTools tools = tools();
        lost(tools, IMPORT_CONVERSATIONS, imported(message), Fault.dropBefore());
        assertThat(tools().call(IMPORT_CONVERSATIONS, imported(without(message, field)))
                        .isError())
                .isFalse();

        assertUnclear(tools.call(IMPORT_CONVERSATIONS, imported(message)));
    }

    private static void openTickets(int count, String contact) {
        Desk365Client desk = sandbox.client();
        IntStream.range(0, count)
                .forEach(i -> desk.tickets().create(contact, "Ticket " + i, "Text", more -> more.status("Open")));
    }

    @ParameterizedTest
    @ValueSource(ints = {120, 350})
    void many_tickets_since_do_not_hide_whether_it_was_made(int many) {
        Map<String, Object> ticket = ToolExamples.smallest(Catalogue.get(CREATE_TICKET));
        Map<String, Object> other = with(ticket, "subject", "Not made");
        BoundTools tools = tools();
        lost(tools, CREATE_TICKET, ticket, Fault.loseAnswer());
        lost(tools, CREATE_TICKET, other, Fault.dropBefore());
        CLOCK.advance(Duration.ofSeconds(30));
        openTickets(many, "giulia.ferraro@northwind.example");
        sandbox.forget();

        ToolResult found = tools.call(CREATE_TICKET, ticket);
        int reads = sandbox.exchanges().size();
        ToolResult made = tools.call(CREATE_TICKET, other);

        assertThat(found.structuredContent()).as(found.text()).containsEntry("found", true);
        assertThat(found.meta().get(MetaKeys.UNTRUSTED))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("subject", "contact");
        assertThat(reads).as("calls for the look-up").isLessThanOrEqualTo(6);
        assertThat(made.isError()).as(made.text()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_ticket_of_a_secondary_address_is_found_among_many() {
        Map<String, Object> contact = Map.of(
                "primary_email", "mia@northwind.example", "secondary_emails", List.of("mia.private@northwind.example"));
        assertThat(tools().call("create_a_desk_365_contact", contact).isError()).isFalse();
        Map<String, Object> ticket = with(
                ToolExamples.smallest(Catalogue.get(CREATE_TICKET)), "contact_email", "mia.private@northwind.example");
        BoundTools tools = tools();
        lost(tools, CREATE_TICKET, ticket, Fault.loseAnswer());
        CLOCK.advance(Duration.ofSeconds(30));
        openTickets(350, "giulia.ferraro@northwind.example");

        assertThat(tools.call(CREATE_TICKET, ticket).structuredContent()).containsEntry("found", true);
    }

    @Test
    void a_state_that_cannot_be_cleared_up_ends() {
        Map<String, Object> ticket = ToolExamples.smallest(Catalogue.get(CREATE_TICKET));
        BoundTools tools = tools();
        lost(tools, CREATE_TICKET, ticket, Fault.dropBefore());
        CLOCK.advance(Duration.ofSeconds(30));
        openTickets(301, String.valueOf(ticket.get("contact_email")));

        ToolResult unclear = tools.call(CREATE_TICKET, ticket);
        CLOCK.advance(Duration.ofMinutes(59));
        ToolResult stillUnclear = tools.call(CREATE_TICKET, ticket);
        CLOCK.advance(Duration.ofMinutes(1));
        ToolResult made = tools.call(CREATE_TICKET, ticket);

        assertUnclear(unclear);
        assertThat(unclear.text()).contains("change an argument or wait 60 minutes, then call again");
        assertUnclear(stillUnclear);
        assertThat(stillUnclear.text()).contains("wait 30 seconds");
        assertThat(made.isError()).as(made.text()).isFalse();
    }

    @Test
    void what_is_promised_holds_as_long_as_it_says() {
        Map<String, Object> note = Map.of("ticket_number", 4052, "body", "Called her back.");
        BoundTools tools = tools();
        ToolResult lost = lost(tools, CREATE_NOTE, note, Fault.loseAnswer());
        assertThat(lost.text())
                .startsWith(
                        "Repeat the same call within 60 minutes: it first checks whether this one was carried out. Later,"
                                + " or after a restart of this server, it would be sent again.");

        CLOCK.advance(Duration.ofMinutes(60).minusSeconds(1));

        assertThat(tools.call(CREATE_NOTE, note).structuredContent()).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_look_up_that_fails_says_for_how_long_it_may_be_made_again() {
        Map<String, Object> note = Map.of("ticket_number", 4052, "body", "Called her back.");
        BoundTools tools = tools();
        lost(tools, CREATE_NOTE, note, Fault.loseAnswer());
        CLOCK.advance(Duration.ofMinutes(20));
        sandbox.next("listConversations", Fault.answer(500, Map.of(), ""));

        assertThat(tools.call(CREATE_NOTE, note).text()).endsWith("Repeat the same call within 40 minutes.");
    }

    @Test
    void a_look_up_that_is_refused_is_not_to_be_made_again() {
        Map<String, Object> note = Map.of("ticket_number", 4052, "body", "Called her back.");
        BoundTools tools = tools();
        lost(tools, CREATE_NOTE, note, Fault.loseAnswer());
        sandbox.next("listConversations", Fault.answer(403, Map.of(), ""));

        ToolResult second = tools.call(CREATE_NOTE, note);

        assertUnclear(second);
        assertThat(second.text()).contains("A person must check").doesNotContain("Repeat the same call");
    }

    static Stream<Arguments> siblings() {
        return creating()
                .filter(name -> Catalogue.get(name).param("attachments") != null)
                .map(name -> Arguments.of(
                        name,
                        Catalogue.tools().stream()
                                .filter(tool -> (tool.shortName() + "_with_files")
                                        .equals(Catalogue.get(name).shortName()))
                                .map(Tool::name)
                                .findFirst()
                                .orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("siblings")
    void the_tool_without_files_does_not_make_it_again_either(String withFiles, String plain) {
        BoundTools tools = tools();
        Map<String, Object> arguments = ToolExamples.smallest(Catalogue.get(withFiles));
        lost(tools, withFiles, arguments, Fault.loseAnswer());

        ToolResult second = tools.call(plain, without(arguments, "attachments"));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(second.text()).contains("Nothing was sent now: the same call with other files");
        if (second.isError()) {
            assertThat(second.text()).contains("differs in attachments: a person must check");
        }
    }

    @ParameterizedTest
    @MethodSource("siblings")
    void the_tool_with_files_does_not_make_it_again_either(String withFiles, String plain) {
        BoundTools tools = tools();
        Map<String, Object> arguments = ToolExamples.smallest(Catalogue.get(withFiles));
        lost(tools, plain, without(arguments, "attachments"), Fault.loseAnswer());

        ToolResult second = tools.call(withFiles, arguments);

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(second.text()).contains("Nothing was sent now: the same call with other files");
    }

    @Test
    void a_ticket_with_files_of_other_names_is_not_taken_for_it() {
        BoundTools tools = tools();
        Map<String, Object> arguments = ToolExamples.smallest(Catalogue.get(CREATE_TICKET_WITH_FILES));
        lost(tools, CREATE_TICKET_WITH_FILES, arguments, Fault.dropBefore());
        tools().call(
                        CREATE_TICKET_WITH_FILES,
                        with(
                                arguments,
                                "attachments",
                                List.of(Map.of(
                                        "reference", "data:text/plain;base64,aGVsbG8=", "file_name", "other.txt"))));

        assertUnclear(tools.call(CREATE_TICKET_WITH_FILES, arguments));
    }

    /** A helpdesk whose clock, in its records and in its answers, is not that of this machine. */
    private static ToolResult seenBy(Duration ahead, boolean saysTime, Fault fault) {
        Instant zero = Instant.now();
        ManualClock ours = new ManualClock(zero);
        ManualClock theirs = new ManualClock(zero.plus(ahead));
        try (TestSandbox other = TestSandbox.start(options -> options.clock(theirs))) {
            Desk365Client desk = other.client(builder -> builder.httpClient(http -> http.addInterceptor(chain -> {
                okhttp3.Response.Builder answer =
                        chain.proceed(chain.request()).newBuilder().removeHeader("Date");
                String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now(Clock.systemUTC()).plus(ahead).atZone(ZoneOffset.UTC));
                return saysTime ? answer.header("Date", date).build() : answer.build();
            })));
            Map<String, Object> note = Map.of("ticket_number", 4052, "body", "Called her back.");
            desk.tickets().note(4052, "Called her back.");
            Duration turn = Duration.ofSeconds(30);
            ours.advance(turn);
            theirs.advance(turn);
            BoundTools tools = Desk365Tools.with(Unguarded.policy()
                            .duplicates(Duration.ofMinutes(10))
                            .clock(ours))
                    .bind(desk);
            other.next("addNote", fault);
            tools.call(CREATE_NOTE, note);
            Duration wait = Duration.ofSeconds(10);
            ours.advance(wait);
            theirs.advance(wait);
            return tools.call(CREATE_NOTE, note);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-7_200, -90, 90, 7_200, 864_000})
    void times_are_compared_by_the_clock_of_the_service(long secondsAhead) {
        Duration ahead = Duration.ofSeconds(secondsAhead);

        ToolResult old = seenBy(ahead, true, Fault.dropBefore());
        ToolResult ours = seenBy(ahead, true, Fault.loseAnswer());

        assertThat(old.isError()).as(old.text()).isFalse();
        assertThat(old.structuredContent()).as(old.text()).doesNotContainKey("found");
        assertThat(ours.structuredContent()).as(ours.text()).containsEntry("found", true);
    }

    @Test
    void of_a_service_that_tells_no_time_nothing_is_found() {
        assertUnclear(seenBy(Duration.ZERO, false, Fault.loseAnswer()));
    }

    @Test
    void time_that_a_person_takes_to_agree_is_not_the_time_of_the_call() {
        Map<String, Object> reply = Map.of("ticket_number", 4052, "body", "Please restart it.");
        List<String> asked = new ArrayList<>();
        BoundTools tools = Desk365Tools.with(Policy.of(Selection.everything())
                        .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                        .confirmation((preview, context) -> {
                            if (asked.isEmpty()) {
                                CLOCK.advance(Duration.ofMinutes(5));
                                sandbox.client().tickets().reply(4052, "Please restart it.", more -> {});
                                CLOCK.advance(Duration.ofMinutes(5));
                                sandbox.next("addReply", Fault.dropBefore());
                            }
                            return asked.add(preview);
                        })
                        .clock(CLOCK))
                .bind(sandbox.client());
        ToolResult first = tools.call("create_a_desk_365_ticket_reply", reply);
        assertThat(first.errorCode()).isEqualTo("unknown_outcome");
        settle();

        ToolResult second = tools.call("create_a_desk_365_ticket_reply", reply);

        assertThat(second.isError()).as(second.text()).isFalse();
        assertThat(second.text()).doesNotContain("\"found\":true");
    }

    @Test
    void a_promise_is_kept_though_memory_is_full_and_a_call_that_finds_no_room_gets_none() {
        Stage.Next work = new DuplicateStage(CLOCK, Duration.ofMinutes(10))
                .around(call -> call.tool().looksUp()
                        ? new Outcome.Done(Map.of())
                        : new Outcome.Refused("unknown_outcome", "No answer."));
        for (int number = 0; number < 1_000; number++) {
            assertThat(refusal(work.run(note(number)))).startsWith("Repeat the same call");
        }

        assertThat(refusal(work.run(note(1_000)))).startsWith("Do not retry: a person must check");
        assertThat(work.run(note(0))).isInstanceOf(Outcome.NotExecuted.class);
        CLOCK.advance(Duration.ofMinutes(61));
        assertThat(refusal(work.run(note(1_001)))).startsWith("Repeat the same call");
    }

    private static String refusal(Outcome outcome) {
        return ((Outcome.Refused) outcome).message();
    }

    private static Call note(int number) {
        return AdmittedCall.of(
                Catalogue.get(CREATE_NOTE),
                Map.of("ticket_number", number, "body", "Hello"),
                CallContext.none(),
                Account.of(
                        null,
                        Desk365Client.connect("acme", "a-test-key"),
                        Policy.of(Selection.everything()).clock(CLOCK)));
    }
}
