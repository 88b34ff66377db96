package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_CONTEXT;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_CONVERSATIONS;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Leaks;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.pipeline.LeakStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reply or public note that repeats what its recipient must not see is noticed, quoted and, if wanted, refused. */
class LeakTest {

    private static final CallContext RITA = CallContext.none().caller("rita").session("morning");

    /** From the internal note of ticket 4052. */
    private static final String NOTE = "The root cause is our own certificate rollout of last night. Sorry!";

    /** From the description of ticket 4063, another customer's. */
    private static final String OTHERS = "You find the invoice with the old address in your account.";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static Policy policy() {
        return Policy.of(Selection.everything());
    }

    private static Map<String, Object> reply(String body) {
        return Map.of("ticket_number", 4052, "body", body);
    }

    private static Map<String, Object> preview(ToolResult result) {
        return Expect.map(Expect.answer(result).get("preview"));
    }

    private static void read(BoundTools tools, long... tickets) {
        for (long ticket : tickets) {
            tools.call(GET_TICKET, Map.of("ticket_number", ticket), RITA);
            tools.call(LIST_CONVERSATIONS, Map.of("ticket_number", ticket), RITA);
        }
    }

    private static void assertNoWarning(ToolResult staged) {
        assertThat(preview(staged)).as(staged.text()).doesNotContainKeys("repeats", "warning");
    }

    @Test
    void a_reply_that_repeats_an_internal_note_is_warned_of_with_both_places() {
        BoundTools tools = sandbox.bound(policy());
        read(tools, 4052);

        ToolResult staged = tools.call(CREATE_REPLY, reply(NOTE), RITA);

        assertThat(String.valueOf(preview(staged).get("warning"))).contains("not for this recipient");
        Map<String, Object> repeats =
                Expect.map(Expect.list(preview(staged).get("repeats")).get(0));
        assertThat(repeats)
                .containsEntry("text", "root cause is our own certificate rollout of last night")
                .containsEntry("read_in", "internal note in ticket 4052 of 2026-11-19T08:52:00Z");
        assertThat(String.valueOf(repeats.get("original")))
                .contains("root cause is our own certificate rollout of last night", "not for the customer")
                .hasSizeLessThan(200);
        assertThat(Expect.map(staged.meta().get(MetaKeys.UNTRUSTED))).containsKey("preview.repeats[].original");
        assertThat(sandbox.writes()).isEmpty();
        // A warning prevents nothing that is approved.
        assertThat(tools.call(
                                CREATE_REPLY,
                                with(
                                        reply(NOTE),
                                        "approval_token",
                                        Expect.answer(staged).get("approval_token")),
                                RITA)
                        .isError())
                .isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_person_is_warned_too() {
        List<String> shown = new ArrayList<>();
        BoundTools tools = sandbox.bound(policy().approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .confirmation((preview, context) -> !shown.add(preview)));
        read(tools, 4052);

        assertThat(tools.call(CREATE_REPLY, reply(NOTE), RITA).errorCode()).isEqualTo("not_confirmed");

        assertThat(shown.get(0))
                .contains(
                        "repeats:\n  root cause is our own certificate rollout of last night\n  read in internal note")
                .contains("warning:");
        assertThat(sandbox.writes()).isEmpty();
    }

    static Stream<Arguments> leaking() {
        return Stream.of(
                Arguments.of(CREATE_REPLY, reply(NOTE)),
                Arguments.of(CREATE_REPLY, reply("<p>Root <b>cause</b> is&nbsp;our own certificate rollout.</p>")),
                Arguments.of(CREATE_REPLY, reply("ROOT CAUSE IS OUR OWN CERTIFICATE ROLLOUT")),
                Arguments.of(CREATE_REPLY, reply("Root c\u200Bause is, our own certi\u00ADficate roll\u200Dout")),
                Arguments.of(CREATE_REPLY, reply("See change CH-2291.")),
                Arguments.of(CREATE_REPLY, reply("You owe 48.700 euros.")),
                Arguments.of(CREATE_REPLY, reply(OTHERS)),
                Arguments.of(CREATE_REPLY, reply("Ask katharina.grossmann@fabrikamgmbh.example about it.")),
                Arguments.of(CREATE_NOTE, with(reply(NOTE), "private", false)),
                Arguments.of(CREATE_NOTE, with(reply(NOTE), "notify_emails", List.of("eve@outside.example"))),
                Arguments.of(
                        "desk_365_ticket_replies_create_with_attachment",
                        with(reply(NOTE), "attachments", List.of(Map.of("file_name", "a.txt", "reference", "YQ==")))));
    }

    @ParameterizedTest
    @MethodSource("leaking")
    void it_is_refused_if_the_policy_says_so(String tool, Map<String, Object> arguments) {
        BoundTools tools = sandbox.bound(policy().leaks(Leaks.REFUSE));
        read(tools, 4063, 4052);

        ToolResult refused = tools.call(tool, arguments, RITA);

        assertThat(refused.errorCode()).as(refused.text()).isEqualTo("leak");
        assertThat(refused.text()).startsWith("Nothing was sent: \"").contains("was read in");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void it_is_refused_where_mail_needs_no_approval_and_after_a_preview() {
        BoundTools atOnce = sandbox.bound(
                policy().leaks(Leaks.REFUSE).approvals(Approvals.defaults().customerMail(Approval.ALLOW)));
        read(atOnce, 4052);
        assertThat(atOnce.call(CREATE_REPLY, reply(NOTE), RITA).errorCode()).isEqualTo("leak");

        BoundTools staging = sandbox.bound(policy().leaks(Leaks.REFUSE));
        ToolResult staged = staging.call(CREATE_REPLY, reply(NOTE), RITA);
        assertNoWarning(staged);
        read(staging, 4052);
        assertThat(staging.call(
                                CREATE_REPLY,
                                with(
                                        reply(NOTE),
                                        "approval_token",
                                        Expect.answer(staged).get("approval_token")),
                                RITA)
                        .errorCode())
                .isEqualTo("leak");
        assertThat(sandbox.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // What the customer wrote, and what she was told, also in a public note.
                "You wrote: since 08:15 this morning checkout is down in all fourteen of our stores.",
                "As we said, we see the outage and are working on it, and keep one of them switched on for tests.",
                "We are still testing a fix on a till in Turin. Next update at 10:15.",
                "Hello Ms. Vance, the tills show \"Payment host not reachable (E-502)\" no longer.",
                // What everybody writes.
                "Hello, thank you for your patience. Please let me know if you have any further questions. Regards",
                "nora.vance@northwind.example is the address that we have.",
                "On 2026-11-19 at 08:52:00 we began."
            })
    void the_tickets_own_public_conversation_and_common_phrases_are_no_leak(String body) {
        BoundTools tools = sandbox.bound(policy());
        read(tools, 4077, 4063, 4052);

        assertNoWarning(tools.call(CREATE_REPLY, reply(body), RITA));
    }

    @Test
    void a_note_for_agents_may_repeat_everything() {
        BoundTools tools = sandbox.bound(policy().leaks(Leaks.REFUSE));
        read(tools, 4052);

        assertThat(tools.call(CREATE_NOTE, reply(NOTE), RITA).isError()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void whoever_has_not_read_it_is_not_suspected() {
        BoundTools tools = sandbox.bound(policy());
        read(tools, 4052);

        assertThat(preview(tools.call(CREATE_REPLY, reply(NOTE), RITA))).containsKey("repeats");
        for (CallContext other :
                List.of(RITA.session("evening"), RITA.caller("tom"), CallContext.none(), RITA.tenant("globex"))) {
            assertNoWarning(tools.call(CREATE_REPLY, reply(NOTE), other));
        }
    }

    @Test
    void it_does_not_matter_how_the_text_was_read() {
        for (Map.Entry<String, Map<String, Object>> reading : Map.<String, Map<String, Object>>of(
                        GET_CONTEXT,
                        Map.of("ticket_number", 4063),
                        GET_TICKET,
                        Map.of("ticket_number", 4063, "body_format", "html"),
                        LIST_TICKETS,
                        Map.of("include_description", true, "ticket_count", 100),
                        "desk_365_tickets_search",
                        Map.of("query", "auditors", "include_description", true))
                .entrySet()) {
            BoundTools tools = sandbox.bound(policy().answerTokens(1_000_000));
            tools.call(reading.getKey(), reading.getValue(), RITA);

            ToolResult staged = tools.call(
                    CREATE_REPLY,
                    reply("Our auditors do not accept handwritten changes, so please send a corrected invoice."),
                    RITA);

            assertThat(preview(staged)).as(reading.getKey()).containsKey("repeats");
        }
        BoundTools tools = sandbox.bound(policy());
        tools.call(LIST_CONVERSATIONS, Map.of("ticket_number", 4052, "fields", List.of("body")), RITA);
        assertThat(preview(tools.call(CREATE_REPLY, reply(NOTE), RITA))).containsKey("repeats");
    }

    static Stream<Arguments> withoutNumbers() {
        List<String> fields = List.of("subject", "description");
        return Stream.of(
                Arguments.of(LIST_TICKETS, Map.of("include_description", true, "ticket_count", 100, "fields", fields)),
                Arguments.of(
                        "desk_365_tickets_search",
                        Map.of("query", "auditors", "include_description", true, "fields", fields)));
    }

    @ParameterizedTest
    @MethodSource("withoutNumbers")
    void what_a_list_shows_without_numbers_is_remembered_with_them(String tool, Map<String, Object> reading) {
        BoundTools tools = sandbox.bound(policy().answerTokens(1_000_000));

        ToolResult list = tools.call(tool, reading, RITA);

        assertThat(Expect.list(Expect.answer(list).get("tickets")))
                .isNotEmpty()
                .allSatisfy(ticket -> assertThat(Expect.map(ticket)).doesNotContainKey("ticket_number"));
        ToolResult staged = tools.call(CREATE_REPLY, reply(OTHERS), RITA);
        assertThat(Expect.map(Expect.list(preview(staged).get("repeats")).get(0)))
                .containsEntry("read_in", "ticket 4063");
        assertNoWarning(tools.call(CREATE_REPLY, Map.of("ticket_number", 4063, "body", OTHERS), RITA));
    }

    /** The subject of a ticket of another customer. */
    private static final String SUBJECT = "The old address is printed on the invoice of October";

    static Stream<Arguments> showingSubjects() {
        return Stream.of(
                Arguments.of("desk_365_tickets_report", Map.of("list", "oldest", "max_items", 1_000)),
                Arguments.of(UPDATE_TICKET, Map.of("ticket_number", 4063, "priority", "low")));
    }

    @ParameterizedTest
    @MethodSource("showingSubjects")
    void a_subject_that_a_report_or_the_answer_to_a_change_shows_is_remembered(
            String tool, Map<String, Object> arguments) {
        sandbox.client().tickets().update(4063, ticket -> ticket.subject(SUBJECT));
        BoundTools tools = sandbox.bound(policy().answerTokens(1_000_000));

        assertThat(tools.call(tool, arguments, RITA).text()).contains(SUBJECT);

        assertThat(preview(tools.call(CREATE_REPLY, reply(SUBJECT), RITA))).containsKey("repeats");
        assertNoWarning(tools.call(CREATE_REPLY, Map.of("ticket_number", 4063, "body", SUBJECT), RITA));
    }

    @Test
    void the_text_of_a_ticket_that_the_session_has_created_is_its_own() {
        BoundTools tools = sandbox.bound(policy());
        Map<String, Object> ticket =
                Map.of("contact_email", "liam.ortega@fabrikam.example", "subject", SUBJECT, "description", "Help.");
        assertThat(tools.call("create_a_desk_365_ticket", ticket, RITA).text()).contains(SUBJECT);

        assertNoWarning(tools.call(CREATE_REPLY, reply(SUBJECT), RITA));
    }

    @Test
    void what_the_customer_wrote_in_a_ticket_that_was_not_read_is_looked_up_once() {
        BoundTools tools = sandbox.bound(policy());
        // The note names a number that the customer gave.
        sandbox.bound(Unguarded.policy())
                .call(
                        CREATE_NOTE,
                        Map.of("ticket_number", 4063, "body", "Ms. Grossmann means the Herrengasse invoice."));
        sandbox.bound(Unguarded.policy())
                .call(
                        CREATE_NOTE,
                        Map.of(
                                "ticket_number",
                                4063,
                                "body",
                                "She says: our auditors do not accept handwritten changes. Send a corrected one."));
        tools.call(LIST_CONVERSATIONS, Map.of("ticket_number", 4063), RITA);
        sandbox.forget();

        assertNoWarning(tools.call(
                CREATE_REPLY,
                Map.of("ticket_number", 4063, "body", "Your auditors do not accept handwritten changes, we know."),
                RITA));
        assertThat(sandbox.exchanges()).hasSize(2);
        assertThat(preview(tools.call(
                        CREATE_REPLY,
                        Map.of("ticket_number", 4063, "body", "Ms. Grossmann means the Herrengasse invoice."),
                        RITA)))
                .containsKey("repeats");
        assertThat(sandbox.exchanges()).hasSize(3);
    }

    @Test
    void what_the_same_customer_wrote_elsewhere_is_no_leak() {
        BoundTools tools = sandbox.bound(policy());
        sandbox.bound(Unguarded.policy())
                .call(
                        "update_a_desk_365_ticket_by_id",
                        Map.of("ticket_number", 4063, "contact_email", "nora.vance@northwind.example"));
        read(tools, 4063, 4052);

        assertNoWarning(tools.call(CREATE_REPLY, reply(OTHERS), RITA));
    }

    @Test
    void an_address_that_gets_the_mail_may_be_in_it() {
        BoundTools tools = sandbox.bound(policy());
        read(tools, 4063, 4052);
        String address = "katharina.grossmann@fabrikamgmbh.example";

        assertNoWarning(tools.call(
                CREATE_REPLY, with(reply("I put " + address + " in copy."), "cc_emails", List.of(address)), RITA));
    }

    @Test
    void what_was_read_is_forgotten_after_a_day() {
        ManualClock clock = new ManualClock();
        BoundTools tools = sandbox.bound(policy().clock(clock));
        read(tools, 4052);
        clock.advance(Duration.ofHours(24));

        assertNoWarning(tools.call(CREATE_REPLY, reply(NOTE), RITA));
    }

    private static final Account HELPDESK = Account.of(null, Desk365Client.connect("acme", "a-test-key"), policy());

    /** A stage whose sessions read one internal note of ticket 4052. */
    private static Stage.Next notices(ManualClock clock, String note) {
        return new LeakStage(clock, Leaks.REFUSE)
                .around(call -> new Outcome.Done(
                        call.tool().name().equals(LIST_CONVERSATIONS)
                                ? Map.of("conversations", List.of(Map.of("ticket_number", 4052, "body", note)))
                                : Map.of()));
    }

    private static Outcome run(Stage.Next stage, String tool, String session, Map<String, Object> arguments) {
        return stage.run(AdmittedCall.of(Catalogue.get(tool), arguments, RITA.session(session), HELPDESK));
    }

    private static boolean isNoticed(Stage.Next stage, String session) {
        return run(stage, CREATE_REPLY, session, reply(NOTE)) instanceof Outcome.Refused;
    }

    @Test
    void of_more_than_a_thousand_sessions_the_one_that_read_longest_ago_is_forgotten() {
        Stage.Next stage = notices(new ManualClock(), NOTE);
        for (int session = 0; session < 1_000; session++) {
            run(stage, LIST_CONVERSATIONS, "session " + session, Map.of("ticket_number", 4052));
        }
        assertThat(isNoticed(stage, "session 0")).isTrue();

        run(stage, LIST_CONVERSATIONS, "session 1000", Map.of("ticket_number", 4052));

        assertThat(isNoticed(stage, "session 0")).isFalse();
        assertThat(isNoticed(stage, "session 1")).isTrue();
    }

    @Test
    void of_more_than_twenty_million_characters_those_of_the_session_that_read_longest_ago_are_forgotten() {
        ManualClock clock = new ManualClock();
        int length = 20_000;
        Stage.Next stage = notices(clock, NOTE + " ".repeat(length));
        for (int session = 0; session < 20_000_000 / length; session++) {
            run(stage, LIST_CONVERSATIONS, "session " + session, Map.of("ticket_number", 4052));
        }
        assertThat(isNoticed(stage, "session 0")).isFalse();
        assertThat(isNoticed(stage, "session 100")).isTrue();
    }

    @Test
    void a_session_that_was_released_is_warned_without_text_that_would_lock_it_again() {
        BoundTools tools = sandbox.bound(policy().lockWritesAfterUntrustedText());
        read(tools, 4052);
        assertThat(tools.call(CREATE_REPLY, reply(NOTE), RITA).errorCode()).isEqualTo("locked");
        tools.release(RITA);

        ToolResult staged = tools.call(CREATE_REPLY, reply(NOTE), RITA);

        assertThat(Expect.map(Expect.list(preview(staged).get("repeats")).get(0)))
                .containsKeys("text", "read_in")
                .doesNotContainKey("original");
        assertThat(tools.call(
                                CREATE_REPLY,
                                with(
                                        reply(NOTE),
                                        "approval_token",
                                        Expect.answer(staged).get("approval_token")),
                                RITA)
                        .isError())
                .isFalse();
    }

    @Test
    void a_policy_can_turn_it_off_and_is_data() {
        BoundTools off = sandbox.bound(policy().leaks(Leaks.OFF));
        read(off, 4052);
        assertNoWarning(off.call(CREATE_REPLY, reply(NOTE), RITA));

        assertThat(policy().leaks()).isEqualTo(Leaks.WARN);
        assertThat(Policy.fromJson("{\"leaks\": \"refuse\"}").leaks()).isEqualTo(Leaks.REFUSE);
        assertThat(Policy.fromJson("{\"leaks\": \"off\"}").leaks()).isEqualTo(Leaks.OFF);
        assertThatThrownBy(() -> Policy.fromJson("{\"leaks\": \"refused\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean refuse?");
    }

    @Test
    void findings_are_few_and_short() {
        BoundTools tools = sandbox.bound(policy().answerTokens(1_000_000));
        tools.call(LIST_TICKETS, Map.of("include_description", true, "ticket_count", 100), RITA);
        StringBuilder body = new StringBuilder();
        Expect.list(Expect.answer(tools.call(
                                LIST_TICKETS, Map.of("include_description", true, "ticket_count", 100), RITA))
                        .get("tickets"))
                .forEach(ticket ->
                        body.append(Expect.map(ticket).get("description")).append("\n\n"));

        ToolResult staged = tools.call(CREATE_REPLY, reply(body.toString()), RITA);

        assertThat(Expect.list(preview(staged).get("repeats"))).hasSizeBetween(1, 3);
        assertThat(String.valueOf(preview(staged).get("repeats"))).hasSizeLessThan(2_000);
    }
}
