package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.ToolSettings;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator's own words and limits hold in definitions and in calls. */
class ToolSettingsTest {

    private static final String BOT = "rita.solberg@desk.example";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static BoundTools with(String tool, ToolSettings settings) {
        return sandbox.bound(Unguarded.policy().tool(tool, settings));
    }

    private static ToolDefinition definition(BoundTools tools, String name) {
        return tools.definitions().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> property(BoundTools tools, String tool, String argument) {
        return Expect.map(Expect.map(definition(tools, tool).inputSchema().get("properties"))
                .get(argument));
    }

    private static ToolResult refused(BoundTools tools, String tool, Map<String, Object> arguments) {
        int before = sandbox.exchanges().size();
        ToolResult result = tools.call(tool, arguments);
        assertThat(result.errorCode()).as(result.text()).isEqualTo("invalid_arguments");
        assertThat(sandbox.exchanges()).hasSize(before);
        return result;
    }

    private static String sent() {
        assertThat(sandbox.writes()).hasSize(1);
        return sandbox.writes().get(0).text();
    }

    @Test
    void a_tool_has_the_operators_title_and_description() {
        BoundTools tools =
                with(GET_TICKET, ToolSettings.none().title("Ticket").description("Reads one ticket of our helpdesk."));

        ToolDefinition tool = definition(tools, GET_TICKET);

        assertThat(tool.title()).isEqualTo("Ticket");
        assertThat(tool.description()).isEqualTo("Reads one ticket of our helpdesk.");
        assertThat(tool.inputSchema())
                .isEqualTo(definition(sandbox.bound(Unguarded.policy()), GET_TICKET)
                        .inputSchema());
    }

    @Test
    void a_fixed_argument_is_hidden_and_sent_with_every_call() {
        BoundTools tools = with(CREATE_REPLY, ToolSettings.none().fixed("agent_email", BOT));

        assertThat(definition(tools, CREATE_REPLY).toJson()).doesNotContain("agent_email");
        ToolResult result = tools.call(CREATE_REPLY, Map.of("ticket_number", 4052, "body", "We are on it."));

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(sent()).contains(BOT);
    }

    @Test
    void if_the_service_refuses_a_fixed_value_the_error_names_who_must_correct_it() {
        BoundTools tools = with(CREATE_REPLY, ToolSettings.none().fixed("agent_email", "nobody@desk.example"));

        ToolResult result = tools.call(CREATE_REPLY, Map.of("ticket_number", 4052, "body", "We are on it."));

        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains("The operator has set agent_email, and must correct it.");
    }

    @Test
    void a_fixed_argument_cannot_have_another_value_under_any_of_its_names() {
        BoundTools tools = with(UPDATE_TICKET, ToolSettings.none().fixed("assigned_to", BOT));

        for (String name : List.of("assigned_to", "assign_to")) {
            Map<String, Object> call =
                    Map.of("ticket_number", 4052, "priority", "high", name, "tom.becker@desk.example");
            assertThat(refused(tools, UPDATE_TICKET, call).text())
                    .startsWith("Nothing was done. The operator has set assigned_to")
                    .endsWith("; leave it out.");
        }
        refused(
                tools,
                UPDATE_TICKET,
                Map.of("ticket_number", 4052, "priority", "high", "clear", List.of("assigned_to")));
        assertThat(tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "priority", "high", "assigned_to", BOT))
                        .isError())
                .isFalse();
    }

    @Test
    void a_call_with_nothing_but_the_operators_values_changes_nothing() {
        BoundTools tools = with(UPDATE_TICKET, ToolSettings.none().fixed("group", "IT Support"));

        assertThat(refused(tools, UPDATE_TICKET, Map.of("ticket_number", 4052)).text())
                .contains("No field to change was given");
    }

    @Test
    void a_person_who_approves_sees_the_fixed_values_and_the_second_call_leaves_them_out() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults())
                .tool(
                        CREATE_REPLY,
                        ToolSettings.none().fixed("ticket_number", 4052).fixed("agent_email", BOT)));

        Map<String, Object> preview = Expect.answer(tools.call(CREATE_REPLY, Map.of("body", "We are on it.")));
        assertThat(preview.toString()).contains(BOT);
        ToolResult result =
                tools.call(CREATE_REPLY, Map.of("approval_token", String.valueOf(preview.get("approval_token"))));

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(sent()).contains(BOT);
    }

    @Test
    void a_default_is_shown_and_used_where_a_call_leaves_the_argument_out() {
        BoundTools tools = with(
                CREATE_TICKET,
                ToolSettings.none().byDefault("priority", "urgent").byDefault("description", "By phone."));

        assertThat(property(tools, CREATE_TICKET, "priority").get("description"))
                .asString()
                .endsWith("Default here: urgent.");
        assertThat(definition(tools, CREATE_TICKET).inputSchema().get("required"))
                .asString()
                .doesNotContain("description");
        Map<String, Object> ticket = Map.of("contact_email", "nora.vance@northwind.example", "subject", "Door");
        tools.call(CREATE_TICKET, ticket);

        assertThat(sent()).contains("By phone.").contains("\"priority\":20");
    }

    @Test
    void only_allowed_values_are_shown_and_accepted() {
        BoundTools tools = with(UPDATE_TICKET, ToolSettings.none().allowed("status", "Pending", "Resolved"));

        assertThat(property(tools, UPDATE_TICKET, "status")).containsEntry("enum", List.of("Pending", "Resolved"));
        assertThat(refused(tools, UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Closed"))
                        .text())
                .contains("status must be one of Pending, Resolved, not \"Closed\"");
        ToolResult result = tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "resolved"));
        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(sent()).contains("\"Resolved\"");
    }

    @Test
    void each_item_of_a_list_must_be_allowed() {
        BoundTools tools = with(LIST_TICKETS, ToolSettings.none().allowed("group", "IT Support", "Facilities"));

        assertThat(Expect.map(property(tools, LIST_TICKETS, "group").get("items")))
                .containsEntry("enum", List.of("IT Support", "Facilities"));
        refused(tools, LIST_TICKETS, Map.of("group", List.of("IT Support", "Sales")));
        assertThat(tools.call(LIST_TICKETS, Map.of("group", "it support, Facilities"))
                        .isError())
                .isFalse();
    }

    @Test
    void a_limited_field_cannot_be_cleared() {
        BoundTools tools = with(UPDATE_TICKET, ToolSettings.none().allowed("group", "IT Support"));

        refused(tools, UPDATE_TICKET, Map.of("ticket_number", 4052, "clear", List.of("group")));
        assertThat(tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "clear", List.of("category")))
                        .isError())
                .isFalse();
    }

    @Test
    void a_definition_without_any_field_to_clear_has_no_argument_for_it() {
        BoundTools tools = sandbox.bound(Unguarded.policy()
                .tool(
                        UPDATE_TICKET,
                        ToolSettings.none()
                                .allowed("group", "IT Support")
                                .allowed("category", "Network")
                                .fixed("subcategory", "VPN")
                                .fixed("assigned_to", BOT)));

        assertThat(Expect.map(definition(tools, UPDATE_TICKET).inputSchema().get("properties")))
                .doesNotContainKey("clear");
        for (Object clear : List.of(List.of("group"), "group", "[\"group\"]", List.of("Assigned To"))) {
            refused(tools, UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Open", "clear", clear));
        }
        for (Object empty : List.of("", "--", "null", List.of())) {
            tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "priority", "low", "group", empty));
        }
        assertThat(sandbox.writes())
                .allSatisfy(write -> assertThat(write.text()).doesNotContain("group"));
    }

    @Test
    void a_list_cannot_ask_for_records_without_a_value_of_a_limited_field() {
        BoundTools tools = with(
                LIST_TICKETS,
                ToolSettings.none().fixed("group", List.of("IT Support")).allowed("type", "Task"));

        assertThat(refused(tools, LIST_TICKETS, Map.of("not_set", List.of("group")))
                        .text())
                .isEqualTo("Nothing was done. not_set must be a list of any of assigned_to, category, subcategory, not"
                        + " [\"group\"].");
        refused(tools, LIST_TICKETS, Map.of("type", "--"));
        refused(tools, LIST_TICKETS, Map.of("type", List.of("(none)", "Task")));
        refused(tools, LIST_TICKETS, Map.of("filters", "{\"group\": [\"Sales\"]}"));
    }

    @Test
    void a_time_that_the_operator_has_set_is_not_suggested() {
        BoundTools tools = with("desk_365_tickets_report", ToolSettings.none().fixed("time", "created"));

        assertThat(refused(tools, "desk_365_tickets_report", Map.of("resolved_after", "2026-11-16"))
                        .text())
                .contains("Unknown argument resolved_after; this tool takes ");
    }

    @Test
    void a_default_is_not_used_for_a_field_that_the_call_clears_or_wants_empty() {
        BoundTools tools =
                sandbox.bound(Unguarded.policy().everyTool(ToolSettings.none().byDefault("group", "IT Support")));

        ToolResult listed = tools.call(LIST_TICKETS, Map.of("not_set", List.of("group")));
        ToolResult cleared = tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "clear", List.of("group")));

        assertThat(listed.isError()).as(listed.text()).isFalse();
        assertThat(String.valueOf(sandbox.exchanges().get(0).query().get("filters")))
                .contains("\"group\":[\"--\"]")
                .doesNotContain("IT Support");
        assertThat(cleared.isError()).as(cleared.text()).isFalse();
        assertThat(sent()).doesNotContain("IT Support");
    }

    @Test
    void the_same_value_may_be_written_in_another_form() {
        BoundTools tools = sandbox.bound(Unguarded.policy()
                .tool(LIST_TICKETS, ToolSettings.none().allowed("company_name", "Lindqvist, Berg & Co", "Northwind"))
                .tool(UPDATE_TICKET, ToolSettings.none().allowed("priority", "high", "HIGH", 10)));

        ToolResult listed = tools.call(LIST_TICKETS, Map.of("company_name", "lindqvist, berg & co"));
        ToolResult updated = tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "priority", "10"));

        assertThat(listed.isError()).as(listed.text()).isFalse();
        assertThat(updated.isError()).as(updated.text()).isFalse();
        assertThat(property(tools, UPDATE_TICKET, "priority")).containsEntry("enum", List.of("high"));
        refused(tools, UPDATE_TICKET, Map.of("ticket_number", 4052, "priority", 20));
        refused(tools, UPDATE_TICKET, Map.of("ticket_number", 4052, "ticket_object", "{\"Priority\": 20}"));
    }

    @Test
    void a_limited_flag_says_its_value_and_has_no_other_name() {
        BoundTools tools = with(CREATE_NOTE, ToolSettings.none().allowed("private", true));

        assertThat(property(tools, CREATE_NOTE, "private").get("description"))
                .isEqualTo("Limited by the operator to true.");
        for (Map<String, Object> open : List.<Map<String, Object>>of(
                Map.of("private", "no"), Map.of("visibility", "customer"), Map.of("Private", 0))) {
            Map<String, Object> note = new HashMap<>(open);
            note.put("ticket_number", 4052);
            note.put("body", "Called back.");
            refused(tools, CREATE_NOTE, note);
        }
    }

    @Test
    void an_error_about_a_limited_argument_does_not_send_the_model_to_other_values() {
        BoundTools tools = with(CREATE_TICKET, ToolSettings.none().allowed("contact_email", BOT));

        assertThat(refused(
                                tools,
                                CREATE_TICKET,
                                Map.of("contact_email", "x@y.example", "subject", "Door", "description", "Stuck"))
                        .text())
                .isEqualTo("Nothing was done. contact_email must be one of " + BOT + ", not \"x@y.example\".");
    }

    @Test
    void a_tools_own_limit_replaces_that_of_every_tool_and_its_own_default_does_not() {
        BoundTools tools = sandbox.bound(Unguarded.policy()
                .everyTool(ToolSettings.none().fixed("group", "IT Support").allowed("type", "Task"))
                .tool(CREATE_TICKET, ToolSettings.none().allowed("group", "Facilities"))
                .tool(UPDATE_TICKET, ToolSettings.none().byDefault("type", "Task")));

        assertThat(property(tools, CREATE_TICKET, "group")).containsEntry("enum", List.of("Facilities"));
        assertThat(property(tools, UPDATE_TICKET, "type")).containsEntry("enum", List.of("Task"));
        assertThat(Expect.map(definition(tools, LIST_TICKETS).inputSchema().get("properties")))
                .doesNotContainKey("group");
    }

    @Test
    void the_accounts_words_do_not_widen_what_is_allowed() {
        BoundTools tools = sandbox.bound(Unguarded.policy()
                .vocabulary(Vocabulary.fromMap(Map.of("statuses", List.of("Open", "Pending", "Resolved", "Closed"))))
                .tool(UPDATE_TICKET, ToolSettings.none().allowed("status", "Pending")));

        assertThat(property(tools, UPDATE_TICKET, "status")).containsEntry("enum", List.of("Pending"));
        refused(tools, UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Open"));
    }

    @Test
    void settings_of_every_tool_hold_where_a_tool_has_none_of_its_own() {
        BoundTools tools = sandbox.bound(Unguarded.policy()
                .everyTool(ToolSettings.none().allowed("group", "IT Support"))
                .tool(CREATE_TICKET, ToolSettings.none().allowed("group", "Facilities")));

        assertThat(property(tools, UPDATE_TICKET, "group")).containsEntry("enum", List.of("IT Support"));
        assertThat(property(tools, CREATE_TICKET, "group")).containsEntry("enum", List.of("Facilities"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"update_ticket": {"allowed": {"colour": ["red"]}}}         | update_a_desk_365_ticket_by_id has no argument colour
            {"update_ticket": {"allowed": {"statu": ["Open"]}}}         | did you mean status?
            {"update_tickets": {"title": "T"}}                          | did you mean
            {"*": {"title": "T"}}                                       | would make them all alike
            {"*": {"fixed": {"colour": "red"}}}                         | No selected tool has the argument colour
            {"update_ticket": {"fixed": {"priority": "immediate"}}}     | does not accept "immediate" as priority
            {"update_ticket": {"fixed": {"ticket_number": "x"}}}        | does not accept "x" as ticket_number
            {"update_ticket": {"allowed": {"status": []}}}              | allowed.status has no value
            {"update_ticket": {"allowed": {"status": "Open"}}}          | must be a list
            {"update_ticket": {"allowed": {"custom_fields": ["a"]}}}    | because they are objects
            {"update_ticket": {"fix": {"status": "Open"}}}              | did you mean fixed?
            {"update_ticket": {"title": " "}}                           | blank
            {"update_ticket": {"defaults": {"group": "A"}}, "*": {"fixed": {"group": "B"}}} | is fixed, so it cannot have a default
            {"update_ticket": {"fixed": {"clear": ["group"], "group": "B"}}} | does not accept
            {"update_ticket": {"fixed": {"status": null}}}              | is null
            {"update_ticket": {"allowed": {"status": ["Open", null]}}}  | has a null
            {"update_ticket": {"fixed": {"approval_token": "a"}}}       | Only the calls themselves can set approval_token
            {"update_ticket": {"title": "T"}, "update_a_desk_365_ticket_by_id": {"title": "T"}} | both names
            """)
    void wrong_settings_are_refused_when_the_tools_are_created(String settings, String message) {
        assertThatThrownBy(() -> Desk365Tools.with(Policy.fromJson("{\"tool_settings\": " + settings + "}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_file_says_the_same_as_code() {
        Policy file = Policy.fromJson("""
                {"tool_settings": {
                   "update_ticket": {"title": "Change a ticket", "allowed": {"status": ["Pending", "Resolved"]}},
                   "*": {"fixed": {"agent_email": "rita.solberg@desk.example"}, "defaults": {"max_items": 5}}}}
                """);
        Policy code = Policy.of(Selection.everything())
                .tool(
                        UPDATE_TICKET,
                        ToolSettings.none().title("Change a ticket").allowed("status", "Pending", "Resolved"))
                .everyTool(ToolSettings.none().fixed("agent_email", BOT).byDefault("max_items", 5));

        assertThat(Desk365Tools.with(file).definitions().stream().map(ToolDefinition::toMap))
                .isEqualTo(Desk365Tools.with(code).definitions().stream()
                        .map(ToolDefinition::toMap)
                        .toList());
    }

    /** With {@code -Daccept}, writes the definition into the guide. */
    @Test
    void the_guide_shows_the_definition_that_its_settings_make() throws IOException {
        Path page = Path.of("../docs/access.md");
        String guide = Files.readString(page);
        int begin = guide.indexOf("## Your own words");
        int settings = guide.indexOf("```json\n", begin) + "```json\n".length();
        int definition = guide.indexOf("```json\n", settings) + "```json\n".length();
        BoundTools tools = sandbox.bound(Policy.fromJson(guide.substring(settings, guide.indexOf("```", settings))));

        String shown = shown(definition(tools, UPDATE_TICKET));

        assertThat(shown)
                .contains(
                        "\"title\": \"Change a ticket\"", "{\"type\":\"string\",\"enum\":[\"Pending\",\"Resolved\"],");
        Accepted.compare(
                page, guide.substring(0, definition) + shown + guide.substring(guide.indexOf("```", definition)));
    }

    /** What a model sees of a definition, with one argument a line. */
    private static String shown(ToolDefinition tool) {
        Map<String, Object> schema = new LinkedHashMap<>(tool.inputSchema());
        String arguments = Expect.map(schema.put("properties", Map.of())).entrySet().stream()
                .map(argument -> "      \"" + argument.getKey() + "\": " + Text.json(Expect.map(argument.getValue())))
                .collect(Collectors.joining(",\n", "{\n", "\n    }"));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", tool.name());
        shown.put("title", tool.title());
        shown.put("description", tool.description());
        shown.put("inputSchema", schema);
        return PrettyJson.of(shown).replace("\"properties\": {}", "\"properties\": " + arguments);
    }
}
