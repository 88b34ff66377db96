package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates whose answers say what has changed, and what they cost. */
class ComparedUpdatesTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final Map<String, Object> RESOLVE =
            Map.of("ticket_number", 4052, "status", "Resolved", "priority", "low");

    private static Policy comparing() {
        return Unguarded.policy().compareUpdates();
    }

    @Test
    void each_changed_field_is_shown_before_and_after_for_one_read() {
        ToolResult done = sandbox.bound(comparing()).call(UPDATE_TICKET, RESOLVE);

        assertThat(Expect.answer(done))
                .containsEntry(
                        "changed",
                        Map.of(
                                "status", Map.of("from", "Open", "to", "Resolved"),
                                "priority", Map.of("from", "urgent", "to", "low")))
                .containsEntry("nothing_else_changed", true)
                .containsKeys("ticket_number", "subject");
        assertThat(sandbox.exchanges()).hasSize(2);
    }

    @Test
    void a_cleared_field_is_one_that_was_to_change() {
        ToolResult done = sandbox.bound(comparing())
                .call(UPDATE_TICKET, Map.of("ticket_number", 4052, "clear", List.of("group")));

        assertThat(Expect.answer(done))
                .containsEntry("changed", Map.of("group", Map.of("from", "Applications", "to", "")))
                .containsEntry("nothing_else_changed", true);
    }

    @Test
    void of_custom_fields_only_those_that_changed_are_shown() {
        ToolResult done = sandbox.bound(comparing())
                .call(
                        UPDATE_TICKET,
                        Map.of("ticket_number", 4052, "custom_fields", Map.of("cf_Site Name", "All 15 stores")));

        assertThat(Expect.answer(done).get("changed"))
                .isEqualTo(Map.of(
                        "custom_fields",
                        Map.of(
                                "from", Map.of("cf_Site Name", "All 14 stores"),
                                "to", Map.of("cf_Site Name", "All 15 stores"))));
    }

    @Test
    void what_changed_besides_is_named() {
        Map<String, Object> record =
                new LinkedHashMap<>(sandbox.client().tickets().get(4052).toMap());
        record.put("status", "Resolved");
        record.put("priority", 1);
        record.put("group", "Archive");
        sandbox.next("updateTicket", Fault.answer(200, Map.of(), JsonDocument.toJson(record)));
        ToolResult done = sandbox.bound(comparing()).call(UPDATE_TICKET, RESOLVE);

        assertThat(Expect.answer(done).get("also_changed"))
                .isEqualTo(Map.of(
                        "group",
                        Map.of("from", sandbox.client().tickets().get(4052).group(), "to", "Archive")));
        assertThat(Expect.answer(done)).doesNotContainKey("nothing_else_changed");
    }

    @Test
    void a_field_that_had_the_value_already_is_not_called_changed() {
        ToolResult done =
                sandbox.bound(comparing()).call(UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Open"));
        assertThat(Expect.answer(done)).containsEntry("changed", Map.of()).containsEntry("nothing_else_changed", true);
    }

    @Test
    void without_the_option_an_update_costs_one_call_and_a_preview_supplies_the_values_before() {
        ToolResult plain = sandbox.bound(Unguarded.policy())
                .call(UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Pending"));
        assertThat(Expect.answer(plain)).doesNotContainKeys("changed", "nothing_else_changed");
        assertThat(sandbox.exchanges()).hasSize(1);
        sandbox.forget();

        BoundTools staging =
                sandbox.bound(Unguarded.policy().approvals(Approvals.defaults().updates(Approval.STAGE)));
        ToolResult preview = staging.call(UPDATE_TICKET, ToolExamples.with(RESOLVE, "sla", "Gold"));
        ToolResult done = staging.call(
                UPDATE_TICKET,
                Map.of(
                        "ticket_number",
                        4052,
                        "approval_token",
                        Expect.answer(preview).get("approval_token")));
        assertThat(Expect.map(Expect.answer(done).get("changed")))
                .containsEntry("status", Map.of("from", "Pending", "to", "Resolved"))
                .containsEntry("priority", Map.of("from", "urgent", "to", "low"));
        assertThat(sandbox.exchanges()).hasSize(2);
    }

    /** Stages an update, approves it, and returns what its answer calls changed. */
    private static Map<String, Object> changedByStaged(String tool, Map<String, Object> change) {
        BoundTools staging =
                sandbox.bound(Unguarded.policy().approvals(Approvals.defaults().updates(Approval.STAGE)));
        ToolResult preview = staging.call(tool, change);
        ToolResult done = staging.call(
                tool,
                ToolExamples.with(
                        change, "approval_token", Expect.answer(preview).get("approval_token")));
        return Expect.map(Expect.answer(done).get("changed"));
    }

    @Test
    void a_preview_supplies_numbers_yes_and_no_and_fields_that_were_empty_too() {
        Map<String, Object> changed = changedByStaged(
                "update_a_desk_365_contract_by_id",
                Map.of(
                        "contract_name",
                        "Litware legacy agreement",
                        "setup_fees",
                        900,
                        "after_hours_included",
                        true,
                        "contract_category",
                        "Legacy"));

        assertThat(changed)
                .hasSize(3)
                .containsEntry("after_hours_included", Map.of("from", false, "to", true))
                .containsEntry("contract_category", Map.of("from", "", "to", "Legacy"));
        assertThat(String.valueOf(changed.get("setup_fees"))).isEqualTo("{from=0, to=900}");
    }

    @Test
    void a_preview_supplies_a_text_of_at_most_a_hundred_characters() {
        Map<String, Object> change = Map.of("ticket_number", 4052, "subject", "Printer in room 4", "priority", "low");
        sandbox.client().tickets().update(4052, ticket -> ticket.subject("x".repeat(100)));
        assertThat(changedByStaged(UPDATE_TICKET, change)).containsOnlyKeys("subject", "priority");

        sandbox.reset();
        sandbox.client().tickets().update(4052, ticket -> ticket.subject("x".repeat(101)));
        assertThat(changedByStaged(UPDATE_TICKET, change)).containsOnlyKeys("priority");
    }

    @Test
    void a_short_body_is_shown_before_and_after_although_the_rest_of_the_answer_has_no_bodies() {
        sandbox.client().tickets().update(4052, ticket -> ticket.description("<p>Short text.</p>"));
        assertThat(changedByStaged(
                        UPDATE_TICKET, Map.of("ticket_number", 4052, "description", "<p>New <b>words</b>.</p>")))
                .isEqualTo(Map.of("description", Map.of("from", "Short text.", "to", "New words.")));
    }

    @Test
    void a_field_that_the_service_leaves_out_of_its_response_is_not_called_changed() {
        sandbox.next(
                "updateTicket", Fault.answer(200, Map.of(), "{\"ticket_number\": 4052, \"status\": \"Resolved\"}"));
        ToolResult done = sandbox.bound(comparing()).call(UPDATE_TICKET, RESOLVE);

        assertThat(Expect.answer(done))
                .containsEntry("changed", Map.of("status", Map.of("from", "Open", "to", "Resolved")))
                .containsEntry("nothing_else_changed", true);
    }

    @Test
    void texts_of_customers_stay_marked() {
        ToolResult done = sandbox.bound(comparing())
                .call(UPDATE_TICKET, Map.of("ticket_number", 4052, "subject", "Printer in room 4"));
        assertThat(done.text()).containsPattern("\"changed\":\\{\"subject\":\\{\"from\":\"\\(\\*\\d{3}:");
    }

    static Stream<String> updates() {
        return Catalogue.tools().stream()
                .filter(tool -> tool.verb() == Tool.Verb.UPDATES && tool.reader() != null)
                .map(Tool::name);
    }

    @ParameterizedTest
    @MethodSource("updates")
    void every_update_says_what_it_changed(String name) {
        ToolResult done = sandbox.bound(comparing()).call(name, ToolExamples.smallest(Catalogue.get(name)));
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(Expect.answer(done)).containsKey("changed");
        assertThat(List.of(1, 2)).contains(sandbox.exchanges().size());
    }
}
