package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_CONVERSATIONS;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A list offers only fields that the service has in lists, and says where the others are. */
class ListedFieldsTest {

    private static final List<String> RECORD_ONLY = List.of("attachments", "completed_within_sla");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final BoundTools tools = sandbox.bound(Unguarded.policy());

    private static Map<String, Object> call(String tool, Map<String, ?> arguments) {
        return Expect.answer(tools.call(tool, arguments));
    }

    @Test
    void a_list_of_tickets_does_not_offer_attachments_which_only_a_single_ticket_has() {
        for (Map.Entry<String, Map<String, Object>> list : Map.<String, Map<String, Object>>of(
                        LIST_TICKETS, Map.of(), "desk_365_tickets_search", Map.of("query", "till"))
                .entrySet()) {
            Map<String, Object> answer = call(list.getKey(), list.getValue());

            assertThat(Expect.list(answer.get("more_fields")))
                    .contains("watchers", "resolved_on")
                    .doesNotContainAnyElementsOf(RECORD_ONLY);
        }
        assertThat(Catalogue.get(LIST_TICKETS).description()).contains("for attachments use " + GET_TICKET);
    }

    @Test
    void a_definition_of_a_list_does_not_offer_them_either() {
        for (ToolDefinition tool :
                Desk365Tools.with(Unguarded.policy().fieldsInDefinitions()).definitions()) {
            Map<String, Object> arguments = Expect.map(tool.inputSchema().get("properties"));
            if (arguments.get("fields") instanceof Map<?, ?> fields) {
                List<Object> words = Expect.list(Expect.map(fields.get("items")).get("enum"));
                if (tool.name().equals(GET_TICKET)) {
                    assertThat(words).containsAll(RECORD_ONLY);
                } else if (tool.name().contains("tickets")) {
                    assertThat(words).as(tool.name()).contains("subject").doesNotContainAnyElementsOf(RECORD_ONLY);
                }
            }
        }
    }

    @Test
    void fields_that_newer_accounts_have_are_offered_where_the_service_sends_them() {
        String row = "{\"count\": 1, \"tickets\": [{\"ticket_number\": 1, \"subject\": \"A\", \"sla\": null%s}]}";
        sandbox.next(Fault.answer(200, Map.of(), row.formatted("")));
        assertThat(call(LIST_TICKETS, Map.of())).containsEntry("more_fields", List.of("sla"));

        sandbox.next(Fault.answer(200, Map.of(), row.formatted(", \"department_name\": \"\"")));
        assertThat(call(LIST_TICKETS, Map.of())).containsEntry("more_fields", List.of("department_name", "sla"));
    }

    @Test
    void every_list_has_every_field_that_it_offers() {
        List<String> offering = new ArrayList<>();
        for (Tool list : Catalogue.tools()) {
            if (list.verb() != Tool.Verb.LISTS) {
                continue;
            }
            Map<String, Object> arguments = ToolExamples.smallest(list);
            Map<String, Object> answer = call(list.name(), arguments);
            if (answer.get("more_fields") instanceof List<?> more) {
                offering.add(list.name());
                Map<String, Object> again = new LinkedHashMap<>(arguments);
                again.put("fields", more);
                assertThat(call(list.name(), again)).as(list.name()).doesNotContainKeys("not_in_list", "more_fields");
            }
        }
        assertThat(offering).contains(LIST_TICKETS, LIST_CONVERSATIONS);
    }

    @Test
    void a_requested_field_that_lists_do_not_have_is_named_with_the_tool_that_shows_it() {
        Map<String, Object> arguments = Map.of("max_items", 2, "fields", List.of("subject", "attachments", "watchers"));

        Map<String, Object> answer = call(LIST_TICKETS, arguments);

        assertThat(answer)
                .containsEntry("not_in_list", List.of("attachments"))
                .containsEntry("hint", "For not_in_list use " + GET_TICKET + ".");
        BoundTools alone = sandbox.bound(Unguarded.policy(Selection.everything().tools(LIST_TICKETS)));
        assertThat(Expect.answer(alone.call(LIST_TICKETS, arguments)))
                .containsKey("not_in_list")
                .doesNotContainKey("hint");
        assertThat(call(LIST_TICKETS, Map.of("fields", List.of("description", "survey_rating"))))
                .as("what the service adds on request")
                .doesNotContainKeys("not_in_list", "hint");
    }

    @Test
    void a_requested_body_comes_with_the_images_that_it_names() {
        String image = sandbox.inlineImage("image/png", TestFiles.encoded(TestFiles.picture(30, 20), "png"));
        long number = sandbox.client()
                .tickets()
                .create("nora.vance@northwind.example", "Shot", "<p>See <img src=\"" + image + "\"></p>", more -> {})
                .ticketNumber();
        sandbox.client().tickets().note(number, "<p>And <img src=\"" + image + "\"></p>");

        Map<String, Object> one =
                call(GET_TICKET, Map.of("ticket_number", number, "fields", List.of("description", "subject")));
        assertThat(one).containsOnlyKeys("subject", "description", "inline_images", "body_format");
        Map<String, Object> listed = call(LIST_TICKETS, Map.of("max_items", 1, "fields", List.of("description")));
        assertThat(Expect.map(Expect.list(listed.get("tickets")).get(0)))
                .containsOnlyKeys("description", "inline_images");
        for (String tool : List.of(LIST_TICKETS, "desk_365_tickets_search", "desk_365_tickets_advanced_search")) {
            Map<String, Object> search = new LinkedHashMap<>(Map.of("fields", List.of("inline_images")));
            if (!tool.equals(LIST_TICKETS)) {
                search.put(tool.equals("desk_365_tickets_search") ? "query" : "subject", "Shot");
            }
            assertThat(Expect.map(Expect.list(call(tool, search).get("tickets")).get(0)))
                    .as(tool)
                    .containsOnlyKeys("inline_images");
        }
        Map<String, Object> messages =
                call(LIST_CONVERSATIONS, Map.of("ticket_number", number, "fields", List.of("body")));
        assertThat(Expect.map(Expect.list(messages.get("conversations")).get(0)))
                .containsOnlyKeys("body", "inline_images");
        assertThat(call(GET_TICKET, Map.of("ticket_number", number, "fields", List.of("subject"))))
                .containsOnlyKeys("subject");
    }

    @Test
    void images_that_do_not_fit_are_named_in_what_is_left_out() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            body.append("<img src=\"https://d365-inline-imgs.s3.amazonaws.com/")
                    .append("x".repeat(80))
                    .append(i)
                    .append(".png\">");
        }
        long number = sandbox.client()
                .tickets()
                .create("nora.vance@northwind.example", "Shots", body.toString(), more -> {})
                .ticketNumber();

        Map<String, Object> answer = Expect.answer(
                sandbox.bound(Unguarded.policy().answerTokens(900)).call(GET_TICKET, Map.of("ticket_number", number)));

        assertThat(answer).doesNotContainKey("inline_images");
        assertThat(Expect.list(Expect.map(answer.get("truncated")).get("fields_left_out")))
                .contains("inline_images");
    }
}
