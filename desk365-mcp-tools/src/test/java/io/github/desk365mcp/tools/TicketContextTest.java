package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.GET_CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.core.AnswerSize;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TicketContextTest {

    private static final Map<String, Object> TICKET = Map.of("ticket_number", 4052);
    private static final String REFUSED = "{\"status\":500,\"error\":\"\",\"message\":\"Oops\"}";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final Desk365Client desk = sandbox.client();

    private static Map<String, Object> context(Selection selection) {
        return Expect.answer(Desk365Tools.select(selection).bind(desk).call(GET_CONTEXT, TICKET));
    }

    private static Map<String, Object> context() {
        return context(Selection.everything());
    }

    @Test
    void ticket_conversation_contact_and_company_come_in_one_answer_for_four_calls() {
        Map<String, Object> context = context();

        assertThat(context).containsOnlyKeys("ticket", "conversations", "contact", "company", "body_format", "now");
        assertThat(Expect.map(context.get("ticket"))).containsEntry("ticket_number", 4052);
        assertThat(Expect.map(context.get("contact"))).containsEntry("primary_email", "nora.vance@northwind.example");
        assertThat(Expect.map(context.get("company"))).containsEntry("company_name", "Northwind");
        assertThat(Expect.list(context.get("conversations"))).isNotEmpty();
        assertThat(sandbox.exchanges()).hasSize(4);
    }

    @Test
    void it_says_what_time_it_is() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-29T17:34:08.9Z"), ZoneOffset.UTC);

        Map<String, Object> context =
                Expect.answer(sandbox.bound(Unguarded.policy().clock(clock)).call(GET_CONTEXT, TICKET));

        assertThat(context).containsEntry("now", "2026-11-29T17:34:08Z");
    }

    @Test
    void the_ticket_s_subject_tells_quoted_history_of_outlook_on_the_web_from_a_forwarded_mail() {
        String quoted = "<div id=\"divRplyFwdMsg\"><b>From:</b> Support &lt;support@desk.example&gt;<br><b>Sent:</b>"
                + " Monday<br><b>To:</b> Nora Vance<br><b>Subject:</b> %s</div><div>The old words of the till.</div>";
        String subject = desk.tickets().get(4052).subject();
        desk.tickets().note(4052, "<div>It works now, thank you very much.</div>" + quoted.formatted(subject));
        desk.tickets()
                .note(4052, "<div>Please take care of this one.</div>" + quoted.formatted("Licence ends on 3 May"));

        List<String> bodies = Expect.list(context().get("conversations")).stream()
                .map(message -> String.valueOf(Expect.map(message).get("body")))
                .toList();

        assertThat(bodies.get(bodies.size() - 2))
                .startsWith("It works now, thank you very much.\n[quoted history folded")
                .doesNotContain("old words");
        assertThat(bodies.get(bodies.size() - 1)).contains("Please take care", "Licence ends on 3 May", "old words");
    }

    @Test
    void each_part_is_told_as_progress() {
        List<String> told = new ArrayList<>();

        Desk365Tools.all()
                .bind(desk)
                .call(
                        GET_CONTEXT,
                        TICKET,
                        CallContext.none().progress((done, total) -> told.add(done + " of " + total)));

        assertThat(told).containsExactly("1 of 4", "2 of 4", "3 of 4", "4 of 4");
    }

    @Test
    void a_host_that_cannot_tell_progress_loses_nothing_else() {
        ToolResult result = Desk365Tools.all()
                .bind(desk)
                .call(GET_CONTEXT, TICKET, CallContext.none().progress((done, total) -> {
                    throw new IllegalStateException("the client has left");
                }));

        assertThat(result.isError()).isFalse();
    }

    @Test
    void texts_come_without_html() {
        Map<String, Object> context = context();

        assertThat(Expect.map(context.get("ticket")).get("description"))
                .asString()
                .isNotBlank()
                .doesNotContain("<");
        assertThat(Expect.list(context.get("conversations")))
                .allSatisfy(message -> assertThat(Expect.map(message).get("body"))
                        .asString()
                        .isNotBlank()
                        .doesNotContain("<div"));
        assertThat(context).containsEntry("body_format", "text");
    }

    @Test
    void a_part_that_fails_is_missing_and_the_rest_is_there() {
        sandbox.next("getContact", Fault.answer(500, Map.of(), REFUSED));

        Map<String, Object> context = context();

        assertThat(context).containsKeys("ticket", "conversations", "company").doesNotContainKey("contact");
        assertThat(context.get("missing"))
                .isEqualTo(List.of(Map.of("part", "contact", "why", "Desk365 refused it (500).")));
    }

    @Test
    void what_cannot_be_read_costs_its_own_part_alone() {
        sandbox.next("getTicket", Fault.answer(200, Map.of(), """
                {"ticket_number": 4052, "contact_email": ["nora"], "company_name": {"name": "Northwind"}}
                """));
        sandbox.next("listConversations", Fault.answer(200, Map.of(), """
                {"conversations": [null, {"id": 1, "body": "Hello"}]}
                """));

        Map<String, Object> context = context();

        assertThat(context).containsOnlyKeys("ticket", "conversations", "missing", "body_format", "now");
        assertThat(Expect.list(context.get("conversations"))).hasSize(1);
        assertThat(Expect.list(context.get("missing")))
                .extracting(part -> Expect.map(part).get("part"))
                .containsExactlyInAnyOrder("conversations", "contact", "company");
    }

    @Test
    void once_the_calls_are_used_up_no_more_are_made() {
        sandbox.next("listConversations", Fault.answer(429, Map.of(), REFUSED));

        Map<String, Object> context = context();

        assertThat(context).containsOnlyKeys("ticket", "missing", "body_format", "now", "calls_left");
        assertThat(Expect.list(context.get("missing"))).hasSize(3);
        assertThat(sandbox.exchanges()).hasSize(2);
    }

    @Test
    void parts_whose_own_tool_the_caller_may_not_use_are_left_out_and_not_asked_for() {
        Map<String, Object> context = context(Selection.everything().exclude("contacts", "get_company"));

        assertThat(context).containsOnlyKeys("ticket", "conversations", "missing", "body_format", "now");
        assertThat(sandbox.exchanges()).hasSize(2);
    }

    @Test
    void without_the_ticket_there_is_no_context() {
        ToolResult result = Desk365Tools.all().bind(desk).call(GET_CONTEXT, Map.of("ticket_number", 99));

        assertThat(result.isError()).isTrue();
        assertThat(result.errorCode()).isEqualTo("not_found");
    }

    @Test
    void what_is_too_long_is_left_out_from_the_oldest_message_on_and_said() {
        long number = desk.tickets()
                .create("nora.vance@northwind.example", "Long", "Short", more -> {})
                .ticketNumber();
        for (int i = 1; i <= 10; i++) {
            desk.tickets().note(number, "Note " + i + " " + "word ".repeat(1_500));
        }

        ToolResult result = Desk365Tools.all().bind(desk).call(GET_CONTEXT, Map.of("ticket_number", number));

        Map<String, Object> context = Expect.answer(result);
        List<Object> messages = Expect.list(context.get("conversations"));
        assertThat(AnswerSize.estimate(result.text())).isLessThan(10_200);
        assertThat(messages).hasSizeBetween(1, 5);
        assertThat(String.valueOf(messages.get(messages.size() - 1))).contains("Note 10");
        int left = 10 - messages.size();
        Map<String, Object> truncated = Expect.map(context.get("truncated"));
        assertThat(truncated).containsEntry("oldest_messages_left_out", left);
        Map<String, Object> call =
                Expect.map(Expect.list(truncated.get("get_with")).get(0));
        Map<String, Object> rest = Expect.answer(Desk365Tools.all()
                .bind(desk)
                .call(String.valueOf(call.get("tool")), Expect.map(call.get("arguments"))));
        assertThat(String.valueOf(Expect.list(rest.get("conversations")).get(0)))
                .contains("Note 1 ");
    }

    @Test
    void what_is_too_large_in_a_part_is_left_out_with_the_call_that_gets_it() {
        String flood = "<p>" + "word ".repeat(12_000) + "</p>";
        long number = desk.tickets()
                .create("nora.vance@northwind.example", "Large", flood, more -> {})
                .ticketNumber();
        desk.tickets().note(number, "Small");
        desk.tickets().note(number, flood);

        ToolResult result = Desk365Tools.all().bind(desk).call(GET_CONTEXT, Map.of("ticket_number", number));

        Map<String, Object> context = Expect.answer(result);
        assertThat(AnswerSize.estimate(result.text())).isLessThan(10_000);
        assertThat(Expect.map(context.get("ticket")))
                .containsEntry("subject", "Large")
                .containsKey("ticket_number");
        assertThat(Expect.list(context.get("conversations"))).hasSize(2);
        Map<String, Object> truncated = Expect.map(context.get("truncated"));
        assertThat(truncated)
                .containsEntry("ticket_fields_left_out", List.of("description"))
                .containsEntry("newest_message_fields_left_out", List.of("body"));
        assertThat(Expect.list(truncated.get("get_with"))).hasSize(2).allSatisfy(each -> {
            Map<String, Object> call = Expect.map(each);
            ToolResult got = Desk365Tools.all()
                    .bind(desk)
                    .call(String.valueOf(call.get("tool")), Expect.map(call.get("arguments")));
            assertThat(got.text()).contains("word word word");
        });
    }
}
