package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_CONVERSATIONS;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.AnswerSize;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An answer holds what was asked for, says what it leaves out, and says who wrote what. */
class AnswersTest {

    private static final String OUTLOOK_LINE = "<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;font-family:"
            + "&quot;Calibri&quot;,sans-serif;mso-fareast-language:EN-US\"><o:p>&nbsp;</o:p></span></p>";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final Desk365Client desk = sandbox.client();

    private static final BoundTools tools =
            Desk365Tools.with(Unguarded.policy()).bind(desk);

    private static int tokens(String text) {
        return Tokens.count(text);
    }

    private static Map<String, Object> outlook(long... numbers) {
        Map<String, Object> ticket = new LinkedHashMap<>();
        ticket.put("ticket_number", numbers.length == 0 ? 4052 : numbers[0]);
        return ticket;
    }

    private static Map<String, Object> call(String tool, Map<String, ?> arguments) {
        return Expect.answer(tools.call(tool, arguments));
    }

    @Test
    void thirty_listed_tickets_fit_in_four_thousand_tokens() {
        ToolResult result = tools.call(LIST_TICKETS, Map.of());

        assertThat(Expect.answer(result)).containsEntry("returned", 30).containsEntry("total", 120L);
        assertThat(tokens(result.text())).isLessThan(4_000);
    }

    @Test
    void forty_kilobytes_of_outlook_shrink_by_nine_tenths_without_losing_a_word() {
        String html = "<div class=\"WordSection1\">" + OUTLOOK_LINE.repeat(280)
                + "<p class=\"MsoNormal\"><span>The VPN drops every hour since this morning.<o:p></o:p></span></p></div>";
        assertThat(html).hasSizeGreaterThan(40_000);
        long number = desk.tickets()
                .create("nora.vance@northwind.example", "VPN", html, more -> {})
                .ticketNumber();

        ToolResult text = tools.call(GET_TICKET, Map.of("ticket_number", number));
        Policy large = Unguarded.policy().answerTokens(100_000);
        ToolResult raw = Desk365Tools.with(large)
                .bind(desk)
                .call(GET_TICKET, Map.of("ticket_number", number, "body_format", "html"));

        assertThat(Expect.answer(raw)).containsEntry("description", html).doesNotContainKey("body_format");
        assertThat(Expect.answer(text))
                .containsEntry("description", "The VPN drops every hour since this morning.")
                .containsEntry("body_format", "text");
        assertThat(tokens(text.text())).isLessThan(tokens(raw.text()) / 10);
    }

    @Test
    void a_forwarded_order_is_read_in_the_ticket_that_it_opens_and_in_its_conversation() {
        String quoted = "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt\">From: Boss</div>"
                + "<p>The order 55123 must be cancelled today.</p>";
        long number = desk.tickets()
                .create("nora.vance@northwind.example", "FW: order", "<div>Here is an order</div>" + quoted, more -> {})
                .ticketNumber();
        desk.tickets().note(number, "<div>Please see below thanks</div>" + quoted);
        desk.tickets().note(number, "<div>The order was cancelled.</div>" + quoted);

        assertThat(call(GET_TICKET, outlook(number)).get("description"))
                .asString()
                .contains("Here is an order", "The order 55123 must be cancelled today.");
        assertThat(Expect.list(call(LIST_CONVERSATIONS, outlook(number)).get("conversations")))
                .extracting(message -> String.valueOf(Expect.map(message).get("body")))
                .satisfiesExactly(
                        forwarded -> assertThat(forwarded).contains("The order 55123 must be cancelled today."),
                        answered -> assertThat(answered)
                                .startsWith("The order was cancelled.")
                                .contains("body_format markdown shows it")
                                .doesNotContain("55123"));
    }

    @Test
    void forty_kilobytes_of_outlook_in_an_answer_shrink_by_nine_tenths() {
        String html = "<div class=\"WordSection1\">" + OUTLOOK_LINE.repeat(280)
                + "<p class=\"MsoNormal\">The VPN drops every hour since this morning.</p>"
                + "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt\">From: Rita</div>"
                + "<p class=\"MsoNormal\">We are looking into it and will write again soon.</p>".repeat(40) + "</div>";
        long number = desk.tickets()
                .create("nora.vance@northwind.example", "VPN", "Short", more -> {})
                .ticketNumber();
        desk.tickets().note(number, html);

        String text = String.valueOf(Expect.map(
                        Expect.list(call(LIST_CONVERSATIONS, outlook(number)).get("conversations"))
                                .get(0))
                .get("body"));

        assertThat(text).startsWith("The VPN drops every hour since this morning.\n[quoted history folded");
        assertThat(tokens(text)).isLessThan(tokens(html) / 10);
    }

    @Test
    void a_conversation_of_three_hundred_messages_is_read_to_its_end_by_the_answers_own_words() {
        long number = desk.tickets()
                .create("nora.vance@northwind.example", "Long", "Short", more -> {})
                .ticketNumber();
        for (int i = 1; i <= 300; i++) {
            desk.tickets()
                    .note(number, "<p>Message " + i + ": " + "the till in Turin is down again. ".repeat(8) + "</p>");
        }

        Map<String, Object> arguments = new LinkedHashMap<>(Map.of("ticket_number", number));
        List<Object> read = new ArrayList<>();
        int pages = 0;
        while (true) {
            ToolResult page = tools.call(LIST_CONVERSATIONS, arguments);
            Map<String, Object> answer = Expect.answer(page);
            assertThat(tokens(page.text())).isLessThan(11_000);
            assertThat(answer).containsEntry("total", 300L);
            read.addAll(Expect.list(answer.get("conversations")));
            pages++;
            if (answer.get("truncated") == null) {
                break;
            }
            Map<String, Object> truncated = Expect.map(answer.get("truncated"));
            assertThat(truncated)
                    .containsEntry("items_left_out", 300L - read.size())
                    .containsEntry("costs", "as much as this call");
            arguments.putAll(Expect.map(truncated.get("get_with")));
        }

        assertThat(pages).isGreaterThan(1);
        assertThat(read).hasSize(300);
        for (int i = 0; i < 300; i++) {
            assertThat(Expect.map(read.get(i)).get("body")).asString().startsWith("Message " + (i + 1) + ":");
        }
    }

    @Test
    void five_subjects_cost_five_subjects() {
        ToolResult result =
                tools.call(LIST_TICKETS, Map.of("max_items", 5, "fields", List.of("ticket_number", "subject")));

        Map<String, Object> answer = Expect.answer(result);
        assertThat(Expect.list(answer.get("tickets")))
                .hasSize(5)
                .allSatisfy(ticket -> assertThat(Expect.map(ticket)).containsOnlyKeys("ticket_number", "subject"));
        assertThat(answer)
                .containsEntry("returned", 5)
                .containsEntry("total", 120L)
                .containsEntry("next_offset", 5L)
                .containsEntry("beyond_max_items", Map.of("items", 115L))
                .doesNotContainKey("truncated");
        assertThat(tokens(Expect.unmarked(result))).isLessThan(170);
        assertThat(tokens(result.text())).as("with marks").isLessThan(200);
    }

    @Test
    void what_follows_a_cut_page_is_the_next_item() {
        List<Object> whole = Expect.list(call(LIST_TICKETS, Map.of()).get("tickets"));
        List<Object> next = Expect.list(
                call(LIST_TICKETS, Map.of("offset", 5, "max_items", 3)).get("tickets"));

        assertThat(next).isEqualTo(whole.subList(5, 8));
    }

    @Test
    void what_does_not_fit_is_truncated_even_below_the_number_asked_for() {
        BoundTools strict =
                sandbox.bound(Unguarded.policy().tokenEstimator(String::length).answerTokens(1_500));

        assertThat(Expect.answer(strict.call(LIST_TICKETS, Map.of("max_items", 2))))
                .containsEntry("returned", 2)
                .containsKey("beyond_max_items")
                .doesNotContainKey("truncated");
        assertThat(Expect.answer(strict.call(LIST_TICKETS, Map.of("max_items", 20))))
                .containsEntry("returned", 2)
                .containsKey("truncated")
                .doesNotContainKey("beyond_max_items");
    }

    @Test
    void a_conversation_of_which_less_was_asked_for_says_what_the_rest_costs() {
        Map<String, Object> answer = call(LIST_CONVERSATIONS, Map.of("ticket_number", 4052, "max_items", 1));

        assertThat(answer).doesNotContainKey("truncated");
        assertThat(Expect.map(answer.get("beyond_max_items")))
                .containsEntry("items", 3L)
                .containsEntry("costs", "as much as this call");
    }

    @Test
    void a_count_is_a_count() {
        assertThat(call(LIST_TICKETS, Map.of("count_only", true, "status", "Open")))
                .containsOnlyKeys("total");
    }

    @Test
    void a_field_that_lists_have_on_request_is_requested_by_its_name() {
        Map<String, Object> answer =
                call(LIST_TICKETS, Map.of("max_items", 1, "fields", List.of("description", "custom_fields")));

        assertThat(Expect.map(Expect.list(answer.get("tickets")).get(0)))
                .containsOnlyKeys("description", "custom_fields");
    }

    @Test
    void a_list_names_the_fields_that_it_does_not_show_and_each_of_them_can_be_had() {
        Map<String, Object> answer = call(LIST_TICKETS, Map.of("max_items", 1));
        List<Object> more = Expect.list(answer.get("more_fields"));

        assertThat(more).contains("source", "resolved_on", "watchers").doesNotContain("subject");
        assertThat(Expect.map(Expect.list(answer.get("tickets")).get(0)).keySet())
                .doesNotContainAnyElementsOf(more.stream().map(String::valueOf).toList());
        assertThat(tools.call(LIST_TICKETS, Map.of("max_items", 1, "fields", more))
                        .isError())
                .isFalse();
    }

    @Test
    void what_else_there_is_is_said_once_and_not_to_who_picks_fields() {
        assertThat(call(LIST_TICKETS, Map.of("max_items", 1, "offset", 1))).doesNotContainKey("more_fields");
        assertThat(call(LIST_TICKETS, Map.of("max_items", 1, "fields", List.of("subject"))))
                .doesNotContainKey("more_fields");
    }

    @Test
    void every_list_and_every_record_of_several_fields_can_be_cut_to_some() {
        assertThat(Catalogue.tools().stream()
                        .filter(tool -> tool.verb().reads() && tool.param("fields") == null)
                        .map(Tool::name))
                .as("one field, several records, figures, or a file")
                .containsExactlyInAnyOrder(
                        "list_all_desk_365_ping",
                        "list_all_desk_365_kb_articles",
                        "desk_365_tickets_report",
                        "desk_365_tickets_get_context",
                        "describe_desk_365_helpdesk",
                        "desk_365_attachments_read");
    }

    @Test
    void a_host_may_have_the_fields_in_the_definitions() {
        assertThat(fieldsSchema(Unguarded.policy())).doesNotContainKey("enum");
        assertThat(Expect.list(
                        fieldsSchema(Unguarded.policy().fieldsInDefinitions()).get("enum")))
                .contains("subject", "resolved_on");
    }

    private static Map<String, Object> fieldsSchema(Policy policy) {
        ToolDefinition list = Desk365Tools.with(policy).definitions().stream()
                .filter(tool -> tool.name().equals(LIST_TICKETS))
                .findFirst()
                .orElseThrow();
        Map<String, Object> arguments = Expect.map(list.inputSchema().get("properties"));
        return Expect.map(Expect.map(arguments.get("fields")).get("items"));
    }

    @Test
    void a_field_that_there_is_not_is_answered_with_the_nearest() {
        assertThat(tools.call(GET_TICKET, Map.of("ticket_number", 4052, "fields", List.of("titel")))
                        .text())
                .contains("fields must be some of ticket_number, ");
        assertThat(tools.call(GET_TICKET, Map.of("ticket_number", 4052, "fields", List.of("created", "resolved")))
                        .text())
                .contains("did you mean created_on and resolved_on?");
        assertThat(call(GET_TICKET, Map.of("ticket_number", 4052, "fields", List.of("created_time"))))
                .as("what lists are ordered by")
                .containsOnlyKeys("created_on");
        assertThat(tools.call(GET_TICKET, Map.of("ticket_number", 4052, "fields", List.of("subjct")))
                        .text())
                .contains("did you mean subject?");
    }

    @Test
    void what_is_too_large_is_left_out_whole_and_said_with_the_arguments_that_get_it() {
        String long_text = "<p>" + "The till in Turin is down again. ".repeat(2_000) + "</p>";
        long number = desk.tickets()
                .create("nora.vance@northwind.example", "Long", long_text, more -> {})
                .ticketNumber();

        Map<String, Object> answer = call(GET_TICKET, Map.of("ticket_number", number));
        assertThat(answer).containsEntry("subject", "Long").doesNotContainKey("description");
        Map<String, Object> truncated = Expect.map(answer.get("truncated"));
        assertThat(truncated).containsEntry("fields_left_out", List.of("description"));

        Map<String, Object> again = Expect.map(truncated.get("get_with"));
        assertThat(call(GET_TICKET, again)).containsOnlyKeys("description", "body_format");
    }

    @Test
    void an_odd_item_costs_itself_alone() {
        sandbox.next(Fault.answer(200, Map.of(), """
                {"conversations": [{"id": 1, "body": "One", "type": "reply"}, "x", {"id": 2, "body": "Two"}]}
                """));

        Map<String, Object> answer = call(LIST_CONVERSATIONS, outlook());

        assertThat(answer).containsEntry("returned", 2).containsEntry("conversations_as_sent", List.of("x"));
        assertThat(Expect.list(answer.get("conversations"))).hasSize(2);
    }

    @Test
    void each_field_of_a_record_that_is_too_large_is_measured_once() {
        AtomicInteger measured = new AtomicInteger();
        AnswerSize size = new AnswerSize(
                500,
                json -> {
                    measured.incrementAndGet();
                    return json.length();
                },
                0);
        Map<String, Object> record = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> record.put("field " + i, "word ".repeat(10 + i)));

        List<String> leftOut = size.slim(record, 500, AnswerOptions.EVERYTHING);

        assertThat(leftOut).startsWith("field 99", "field 98");
        assertThat(record).containsKey("field 0").hasSizeLessThan(10);
        assertThat(measured).hasValueLessThan(105);
    }

    @Test
    void past_the_end_is_not_nothing_matched() {
        Map<String, Object> answer = call(LIST_TICKETS, Map.of("status", "Open", "offset", 5_000));

        assertThat(answer).containsEntry("returned", 0).containsEntry("hint", "The offset is past the end.");
    }

    @Test
    void a_large_record_does_not_take_the_room_of_those_behind_it() {
        sandbox.next(Fault.answer(200, Map.of(), """
                {"conversations": [{"id": 1, "body": "%s"}, {"id": 2, "body": "Two"}, {"id": 3, "body": "Three"}]}
                """.formatted("word ".repeat(12_000))));

        Map<String, Object> answer = call(LIST_CONVERSATIONS, outlook());

        assertThat(answer).containsEntry("returned", 3);
        assertThat(Expect.map(answer.get("truncated"))).containsEntry("fields_left_out", List.of("body"));
    }

    @Test
    void a_host_counts_tokens_in_its_own_way() {
        BoundTools strict = Desk365Tools.with(
                        Unguarded.policy().tokenEstimator(String::length).answerTokens(1_500))
                .bind(desk);

        assertThat(Expect.answer(strict.call(LIST_TICKETS, Map.of())).get("returned"))
                .isEqualTo(2);
        assertThatThrownBy(() -> Unguarded.policy().answerTokens(499)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_message_says_who_wrote_it_and_who_can_read_it() {
        assertThat(Expect.list(call(LIST_CONVERSATIONS, outlook()).get("conversations")))
                .allSatisfy(message ->
                        assertThat(Expect.map(message)).containsKeys("created_by", "sender_type", "visibility"));
    }

    @Test
    void who_can_read_a_message_is_unknown_where_the_service_does_not_say() {
        sandbox.next(Fault.answer(200, Map.of(), """
                {"conversations": [{"type": "forward", "public_note": null, "body": "One"},
                {"type": "note", "public_note": null, "body": "Two"}, {"type": "note", "public_note": false, "body": "Three"},
                {"type": "reply", "public_note": null, "body": "Four"}]}
                """));

        assertThat(Expect.list(call(LIST_CONVERSATIONS, outlook()).get("conversations")))
                .extracting(message -> Expect.map(message).get("visibility"))
                .containsExactly("unknown", "unknown", "internal", "customer");
    }

    @Test
    void an_answer_to_a_reply_says_that_it_went_to_more_than_the_service_names() {
        Map<String, Object> reply = outlook();
        reply.put("body", "<p>Sent to all.</p>");
        reply.put("include_prev_ccs", true);

        assertThat(call("create_a_desk_365_ticket_reply", reply))
                .containsEntry("emailed", List.of("nora.vance@northwind.example"))
                .containsEntry("also_emailed", "everyone previously in copy; Desk365 does not name them");
        reply.put("include_prev_ccs", false);
        assertThat(call("create_a_desk_365_ticket_reply", reply)).doesNotContainKey("also_emailed");
    }

    @Test
    void an_answer_to_a_write_shows_what_was_written_but_no_body() {
        assertThat(call(
                        "update_a_desk_365_ticket_by_id",
                        Map.of(
                                "ticket_number",
                                4052,
                                "add_watchers",
                                List.of("rita.solberg@desk.example"),
                                "description",
                                "<p>It is the door.</p>")))
                .containsKey("watchers")
                .doesNotContainKeys("description", "share_to");
    }

    @Test
    void an_answer_to_a_changed_ticket_says_who_changed_it_where_the_service_does() {
        sandbox.next(Fault.answer(200, Map.of(), """
                {"ticket_number": 4052, "status": "Open", "updated_by": "rita.solberg@desk.example", "updated_by_type": 2}
                """));

        assertThat(call("update_a_desk_365_ticket_by_id", Map.of("ticket_number", 4052, "status", "Open")))
                .containsEntry("updated_by", "rita.solberg@desk.example")
                .containsEntry("updated_by_type", "agent");
    }

    @Test
    void an_answer_to_a_message_says_whom_it_is_credited_to_and_who_got_mail() {
        assertThat(call(
                        "create_a_desk_365_ticket_reply",
                        Map.of("ticket_number", 4052, "body", "Hello", "cc_emails", "b@northwind.example")))
                .containsEntry("visibility", "customer")
                .containsEntry("credited_to", "the owner of the API key")
                .containsEntry("emailed", List.of("nora.vance@northwind.example", "b@northwind.example"))
                .doesNotContainKey("body");
        assertThat(call(
                        "create_a_desk_365_ticket_note",
                        Map.of("ticket_number", 4052, "body", "Hello", "agent_email", "tom.becker@desk.example")))
                .containsEntry("visibility", "internal")
                .containsEntry("credited_to", "tom.becker@desk.example")
                .containsEntry("emailed", List.of());
        assertThat(call(
                        "create_a_desk_365_ticket_note",
                        Map.of(
                                "ticket_number",
                                4052,
                                "body",
                                "Hi",
                                "private",
                                false,
                                "notify_emails",
                                "tom.becker@desk.example")))
                .containsEntry("visibility", "customer")
                .containsEntry("emailed", List.of("nora.vance@northwind.example", "tom.becker@desk.example"));
    }

    @Test
    void plain_text_goes_out_as_html_that_reads_the_same_and_that_is_said() {
        String text = "Hello,\n\nput <your name> here\n- if b < c & d";
        String html = "<p>Hello,</p>\n<p>put &lt;your name&gt; here<br>\n- if b &lt; c &amp; d</p>";
        Map<String, Object> message = outlook();
        message.put("body", text);

        for (String tool : List.of("create_a_desk_365_ticket_reply", "create_a_desk_365_ticket_note")) {
            ToolResult sent = tools.call(tool, message);
            assertThat(sent.isError()).isFalse();
            assertThat(Expect.list(sent.meta().get(MetaKeys.REPAIRS)))
                    .singleElement()
                    .asString()
                    .isEqualTo("body was converted from plain text to HTML; it reads the same");
        }
        assertThat(desk.tickets().conversation(4052).messages())
                .filteredOn(sent -> html.equals(sent.body()))
                .hasSize(2);
        Map<String, Object> opened = call(
                "create_a_desk_365_ticket",
                Map.of("contact_email", "nora.vance@northwind.example", "subject", "New", "description", text));
        long number = Long.parseLong(String.valueOf(opened.get("ticket_number")));
        assertThat(desk.tickets().get(number).description()).isEqualTo(html);
        assertThat(call(GET_TICKET, outlook(number))).containsEntry("description", text);
    }

    @Test
    void html_is_not_replaced_by_text_unless_that_is_meant() {
        Map<String, Object> update = new LinkedHashMap<>(Map.of("ticket_number", 4052, "description", "Short.\nNew."));
        String before = String.valueOf(desk.tickets().get(4052).description());

        ToolResult refused = tools.call("update_a_desk_365_ticket_by_id", update);
        assertThat(refused.errorCode()).isEqualTo("needs_html");
        assertThat(refused.text()).contains("body_format html", "plain_text true");
        assertThat(desk.tickets().get(4052).description()).isEqualTo(before);
        Map<String, Object> converted = new LinkedHashMap<>(update);
        converted.put("description", "From: Nora <nora.vance@northwind.example>\n\nA &amp; B");
        assertThat(tools.call("update_a_desk_365_ticket_by_id", converted).errorCode())
                .isEqualTo("needs_html");

        update.put("plain_text", true);
        call("update_a_desk_365_ticket_by_id", update);
        assertThat(desk.tickets().get(4052).description()).isEqualTo("<p>Short.<br>\nNew.</p>");
    }

    @Test
    void what_was_read_as_text_does_not_replace_html_even_where_a_tag_is_spoken_of() {
        String html = "<p>Put &lt;br&gt; into <b>the template</b></p><p>second</p>";
        long number = desk.tickets()
                .create("nora.vance@northwind.example", "Template", html, more -> {})
                .ticketNumber();
        Object read = call(GET_TICKET, outlook(number)).get("description");

        Map<String, Object> update = outlook(number);
        update.put("description", read);
        assertThat(read).asString().contains("<br>");
        assertThat(tools.call("update_a_desk_365_ticket_by_id", update).errorCode())
                .isEqualTo("needs_html");
        assertThat(tools.call(
                                "update_a_desk_365_kb_article_by_id",
                                Map.of("article_name", "Install the VPN client", "article_content", "Use <br> tag"))
                        .errorCode())
                .isEqualTo("needs_html");

        update.put("description", html + "\n");
        call("update_a_desk_365_ticket_by_id", update);
        assertThat(desk.tickets().get(number).description()).startsWith(html);
    }

    @Test
    void what_people_outside_wrote_is_labelled_with_its_path_and_writer() {
        assertThat(tools.call(GET_TICKET, outlook()).meta().get(MetaKeys.UNTRUSTED))
                .isEqualTo(Map.of(
                        "subject",
                        "contact",
                        "description",
                        "contact",
                        "contact_name",
                        "contact",
                        "custom_fields",
                        "contact"));
        assertThat(Expect.map(tools.call(LIST_CONVERSATIONS, outlook()).meta().get(MetaKeys.UNTRUSTED)))
                .containsEntry("conversations[2].body", "contact")
                .containsEntry("conversations[1].body", "agent");
        assertThat(Expect.map(tools.call(LIST_TICKETS, Map.of()).meta().get(MetaKeys.UNTRUSTED)))
                .containsEntry("tickets[].subject", "contact");
        assertThat(tools.call("list_all_desk_365_agents", Map.of()).meta()).doesNotContainKey(MetaKeys.UNTRUSTED);
    }

    @Test
    void characters_that_nobody_sees_are_taken_out_of_what_people_outside_wrote() {
        long number = desk.tickets()
                .create("nora.vance@northwind.example", "In\u202Evoice\u200B", "<p>A\u2066B\uFEFF</p>", more -> {})
                .ticketNumber();

        assertThat(call(GET_TICKET, outlook(number)))
                .containsEntry("subject", "Invoice")
                .containsEntry("description", "AB");
    }

    @Test
    void an_answer_stands_where_the_policy_says() {
        ToolResult text = with(ResultForm.TEXT_ONLY);
        assertThat(text.toMap()).doesNotContainKey("structuredContent");
        assertThat(text.text()).startsWith("{\"outside\":\"");
        assertThat(Expect.unmarked(text)).startsWith("{\"tickets\":[");

        ToolResult structured = with(ResultForm.STRUCTURED_ONLY);
        assertThat(structured.content()).isEmpty();
        assertThat(structured.structuredContent()).containsKey("tickets");
        assertThat(Expect.unmarked(structured))
                .as("for hosts that know texts alone")
                .startsWith("{\"tickets\":[");

        ToolResult summary = with(ResultForm.SUMMARY);
        assertThat(summary.text()).isEqualTo("List tickets: 1 of 120.");
        assertThat(summary.structuredContent()).containsKey("tickets");

        BoundTools summarized = Desk365Tools.with(
                        Policy.of(Selection.everything()).results(ResultForm.SUMMARY))
                .bind(desk);
        Map<String, Object> note = Map.of("ticket_number", 4052, "body", "Said once.");
        assertThat(summarized.call("create_a_desk_365_ticket_note", note).text())
                .isEqualTo("Add a note: ticket_number 4052.");
        assertThat(summarized.call("create_a_desk_365_ticket_note", note).text())
                .startsWith("Add a note: Nothing was sent now");

        assertThat(Desk365Tools.with(Unguarded.policy().results(ResultForm.TEXT_ONLY))
                        .definitions())
                .allSatisfy(definition -> assertThat(definition.toMap()).doesNotContainKey("outputSchema"));
    }

    private static ToolResult with(ResultForm form) {
        return Desk365Tools.with(Unguarded.policy().results(form))
                .bind(desk)
                .call(LIST_TICKETS, Map.of("max_items", 1));
    }

    @Test
    void the_estimate_is_not_far_from_what_a_tokenizer_counts() {
        for (String tool : List.of(LIST_TICKETS, "list_all_desk_365_contacts", "list_all_desk_365_companies")) {
            String text = tools.call(tool, Map.of()).text();
            assertThat((double) AnswerSize.estimate(text) / tokens(text))
                    .as(tool)
                    .isBetween(0.75, 1.35);
        }
    }
}
