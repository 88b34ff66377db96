package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE_WITH_FILES;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final BoundTools tools = sandbox.bound(Unguarded.policy());

    @Test
    void an_answer_is_text_and_structure_of_the_same_content() {
        ToolResult result = tools.call(GET_TICKET, Map.of("ticket_number", 4052));

        assertThat(result.isError()).isFalse();
        assertThat(result.structuredContent())
                .containsEntry("ticket_number", 4052)
                .containsEntry("priority", "urgent")
                .containsEntry("contact_email", "nora.vance@northwind.example");
        assertThat(io.github.desk365mcp.api.JsonDocument.parse(Expect.unmarked(result))
                        .toMap())
                .isEqualTo(result.structuredContent());
    }

    @Test
    void times_are_iso_and_nulls_are_left_out_but_empty_custom_fields_keep_their_names() {
        Map<String, Object> ticket = Expect.answer(tools.call(GET_TICKET, Map.of("ticket_number", 4052)));

        assertThat(ticket).doesNotContainValue(null);
        assertThat(String.valueOf(ticket.get("created_on"))).endsWith("Z");
        assertThat(ticket.get("custom_fields"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsKey("cf_Site Name");
    }

    @Test
    void a_list_says_how_many_it_returned_of_how_many_and_where_to_go_on() {
        Map<String, Object> page = Expect.answer(tools.call(LIST_TICKETS, Map.of()));

        assertThat(page)
                .containsEntry("returned", 30)
                .containsEntry("offset", 0L)
                .containsEntry("next_offset", 30L);
        assertThat(page.get("total")).isEqualTo(120L);
    }

    @Test
    void the_last_page_of_a_list_has_no_next_offset() {
        Map<String, Object> page = Expect.answer(tools.call(LIST_TICKETS, Map.of("ticket_count", 100, "offset", 100)));

        assertThat(page).doesNotContainKey("next_offset").containsKey("total");
    }

    @Test
    void filters_travel_as_one_json_object_of_texts() {
        tools.call(LIST_TICKETS, Map.of("priority", List.of("urgent"), "not_set", List.of("assigned_to")));

        assertThat(last().query().get("filters"))
                .singleElement()
                .asString()
                .contains("\"priority\":[\"20\"]")
                .contains("\"assigned_to\":[\"--\"]");
    }

    @Test
    void an_unknown_argument_names_the_nearest_known_one_and_sends_nothing() {
        ToolResult result = tools.call(GET_TICKET, Map.of("ticket_no", 4052));

        assertThat(result.isError()).isTrue();
        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text()).contains("Unknown argument ticket_no (did you mean ticket_number?).");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_missing_argument_is_named_with_where_it_comes_from() {
        ToolResult result = tools.call(GET_TICKET, null, CallContext.none());

        assertThat(result.text()).contains("ticket_number is missing").contains("From list_all_desk_365_tickets");
    }

    @Test
    void a_wrong_word_is_answered_with_the_known_ones() {
        ToolResult result = tools.call(LIST_TICKETS, Map.of("order_by", "age"));

        assertThat(result.text()).contains("order_by must be one of created_time, updated_time, not \"age\".");
    }

    @Test
    void what_was_meant_beyond_doubt_is_read_so_and_told() {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("ticket_number", "#4052");
        written.put("priority", 10);
        written.put("add_watchers", "rita.solberg@desk.example, tom.becker@desk.example");
        written.put("category", null);

        ToolResult result = tools.call("update_a_desk_365_ticket_by_id", written);

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(result.structuredContent()).containsEntry("priority", "high");
        assertThat(result.meta().get("io.github.desk365mcp/repairs"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(4)
                .contains("ticket_number was read as 4052", "priority was read as \"high\"");
        assertThat(last().text()).contains("\"priority\":10").doesNotContain("category");
    }

    @Test
    void a_time_without_a_zone_is_read_as_utc() {
        ToolResult result = tools.call(LIST_TICKETS, Map.of("updated_since", "2026-11-01 10:30:00"));

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(last().query().get("updated_since")).containsExactly("2026-11-01 10:30:00");
        assertThat(tools.call(LIST_TICKETS, Map.of("updated_since", "yesterday"))
                        .text())
                .contains("updated_since must be a time such as 2026-11-22T08:00:00Z");
    }

    @Test
    void a_ticket_that_does_not_exist_is_named_with_the_tool_that_finds_one() {
        ToolResult result = tools.call(GET_TICKET, Map.of("ticket_number", 99999));

        assertThat(result.errorCode()).isEqualTo("not_found");
        assertThat(result.text()).contains("ticket_number 99999: \"").contains("list_all_desk_365_tickets");
    }

    @Test
    void a_missing_import_is_not_taken_for_a_missing_ticket_alone() {
        sandbox.next(io.github.desk365mcp.sandbox.Fault.answer(404, Map.of(), "{\"message\": \"Not Found\"}"));

        ToolResult result = tools.call(
                "desk_365_tickets_import_conversations",
                Map.of("ticket_number", 4052, "conversations", List.of(Map.of("type", "note", "body", "Old."))));

        assertThat(result.errorCode()).isEqualTo("not_found");
        assertThat(result.text())
                .contains("or does not support this operation", "If get_single_desk_365_ticket_by_id finds the ticket");
    }

    @Test
    void what_a_list_adds_to_its_rows_is_no_filter() {
        for (String adding : List.of("include_description", "include_custom_fields", "include_survey_details")) {
            sandbox.next(io.github.desk365mcp.sandbox.Fault.answer(200, Map.of(), "{\"tickets\": [], \"count\": 0}"));

            ToolResult empty = tools.call(LIST_TICKETS, Map.of(adding, true));

            assertThat(empty.text()).contains("\"returned\":0").doesNotContain("Nothing matched");
        }
    }

    @Test
    void only_a_filter_that_may_be_misspelled_is_called_a_guess_if_nothing_matches() {
        Map<String, Boolean> guesses = new LinkedHashMap<>();
        for (Map<String, ?> filter : List.of(
                Map.of("not_set", List.of("category")),
                Map.of("updated_since", "2026-11-01T00:00:00Z"),
                Map.of("company_name", List.of("Nortwind")))) {
            sandbox.next(io.github.desk365mcp.sandbox.Fault.answer(200, Map.of(), "{\"tickets\": [], \"count\": 0}"));
            ToolResult empty = tools.call(LIST_TICKETS, filter);
            guesses.put(filter.keySet().iterator().next(), empty.text().contains("A guessed value"));
        }

        assertThat(guesses)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("not_set", false, "updated_since", false, "company_name", true));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_says_what_a_person_must_check(int status) {
        sandbox.next(io.github.desk365mcp.sandbox.Fault.answer(
                status, Map.of("Location", "https://elsewhere.example/"), ""));

        ToolResult result = tools.call(GET_TICKET, Map.of("ticket_number", 4052));

        assertThat(result.errorCode()).isEqualTo("redirected");
        assertThat(result.text()).contains("(" + status + ")", "check the subdomain or base URL");
    }

    @Test
    void a_wrong_key_tells_a_person_what_to_check_and_is_not_shown() {
        ToolResult result = Desk365Tools.all()
                .bind(sandbox.client(desk -> desk.apiKey("wrong-key-4711")))
                .call(GET_TICKET, Map.of("ticket_number", 4052));

        assertThat(result.errorCode()).isEqualTo("unauthorized");
        assertThat(result.toJson()).contains("Settings > Integrations > API").doesNotContain("4711");
    }

    @Test
    void a_spent_plan_says_how_long_to_wait() {
        try (TestSandbox small = TestSandbox.start(options -> options.plan(Plan.PLUS))) {
            BoundTools limited = small.bound(Unguarded.policy());
            ToolResult result = limited.call(GET_TICKET, Map.of("ticket_number", 4052));
            for (int calls = 0; calls < 60 && !result.isError(); calls++) {
                result = limited.call(GET_TICKET, Map.of("ticket_number", 4052));
            }
            assertThat(result.errorCode()).isEqualTo("rate_limited");
            assertThat(result.text()).contains("0 left").contains("Wait");
        }
    }

    @Test
    void a_write_whose_answer_is_lost_is_unknown_and_was_sent_once() {
        sandbox.next("addReply", Fault.loseAnswer());

        ToolResult result = tools.call(CREATE_REPLY, Map.of("ticket_number", 4052, "body", "Hello"));

        assertThat(result.errorCode()).isEqualTo("unknown_outcome");
        assertThat(result.text()).contains("Check that before you retry");
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void a_note_is_private_unless_told_otherwise_and_says_who_can_read_it() {
        ToolResult quiet = tools.call(CREATE_NOTE, Map.of("ticket_number", 4052, "body", "For us"));
        assertThat(quiet.structuredContent()).containsEntry("visibility", "internal");
        assertThat(last().text()).contains("\"private_note\":1");

        ToolResult open = tools.call(CREATE_NOTE, Map.of("ticket_number", 4052, "body", "For you", "private", false));
        assertThat(open.structuredContent()).containsEntry("visibility", "customer");
        assertThat(last().text()).contains("\"private_note\":0");
    }

    @Test
    void every_message_says_who_can_read_it() {
        Map<String, Object> answer =
                Expect.answer(tools.call("list_all_desk_365_ticket_conversations", Map.of("ticket_number", 4052)));

        assertThat(Expect.list(answer.get("conversations")))
                .isNotEmpty()
                .allSatisfy(message ->
                        assertThat(Expect.map(message).get("visibility")).isIn("customer", "internal"));
    }

    @Test
    void arguments_may_come_as_json_text() {
        assertThat(tools.callJson(GET_TICKET, "{\"ticket_number\":4052}", CallContext.none())
                        .isError())
                .isFalse();
        assertThat(tools.callJson(GET_TICKET, "[1]", CallContext.none()).text())
                .contains("The arguments must be a JSON object");
    }

    @Test
    void arguments_of_the_host_are_left_as_they_are() {
        Map<String, Object> given = new HashMap<>(Map.of("ticket_number", "4052"));

        tools.call(GET_TICKET, given);

        assertThat(given).containsExactly(Map.entry("ticket_number", "4052"));
    }

    @Test
    void a_tool_that_was_not_listed_is_unknown() {
        BoundTools reading =
                Desk365Tools.select(Selection.everything().methods("read")).bind(sandbox.client());

        assertThatThrownBy(() -> reading.call(CREATE_REPLY, Map.of())).isInstanceOf(UnknownToolException.class);
        assertThatThrownBy(() -> tools.call("delete_everything", Map.of())).isInstanceOf(UnknownToolException.class);
    }

    @Test
    void short_and_full_names_both_work() {
        BoundTools named =
                Desk365Tools.with(Unguarded.policy()).named(Naming.SHORT).bind(sandbox.client());

        assertThat(named.definitions()).extracting(ToolDefinition::name).contains("get_ticket");
        assertThat(named.call("get_ticket", Map.of("ticket_number", 4052)).isError())
                .isFalse();
        assertThat(named.call(GET_TICKET, Map.of("ticket_number", 4052)).isError())
                .isFalse();
    }

    @Test
    void a_cancelled_call_says_that_nothing_was_changed() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        ToolResult result = tools.call(
                CREATE_REPLY,
                Map.of("ticket_number", 4052, "body", "Hello"),
                CallContext.none().cancellation(cancellation));

        assertThat(result.errorCode()).isEqualTo("cancelled");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    @Timeout(30)
    void a_call_that_is_cancelled_under_way_ends_at_once_with_its_request() throws Exception {
        assertThat(cancelledUnderWay("getTicket", GET_TICKET, Map.of("ticket_number", 4052))
                        .errorCode())
                .isEqualTo("cancelled");
    }

    @Test
    @Timeout(30)
    void a_write_that_is_cancelled_under_way_may_have_been_carried_out() throws Exception {
        ToolResult result = cancelledUnderWay(
                "updateTicket", ToolNames.UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Pending"));

        assertThat(result.errorCode()).isEqualTo("unknown_outcome");
        assertThat(result.text()).startsWith("The call was cancelled after sending had begun.");
    }

    @Test
    void what_ends_all_calls_of_a_client_ends_also_those_that_the_host_can_cancel() {
        Cancellation shutdown = new Cancellation();
        BoundTools ending =
                sandbox.bound(Unguarded.policy(), desk -> desk.options(options -> options.cancellation(shutdown)));
        Cancellation ofCall = new Cancellation();
        CallContext context = CallContext.none().cancellation(ofCall);
        assertThat(ending.call(GET_TICKET, Map.of("ticket_number", 4052), context)
                        .isError())
                .isFalse();

        shutdown.cancel();
        ToolResult result = ending.call(CREATE_REPLY, Map.of("ticket_number", 4052, "body", "Hello"), context);

        assertThat(result.errorCode()).isEqualTo("cancelled");
        assertThat(sandbox.writes()).isEmpty();
        assertThat(ofCall.isCancelled()).as("the host's own").isFalse();
    }

    @Test
    @Timeout(30)
    void what_ends_all_calls_of_a_client_ends_also_one_that_is_under_way() throws Exception {
        Fault stalled = Fault.stall();
        sandbox.next("getTicket", stalled);
        Cancellation shutdown = new Cancellation();
        BoundTools ending =
                sandbox.bound(Unguarded.policy(), desk -> desk.options(options -> options.cancellation(shutdown)));
        CallContext context = CallContext.none().cancellation(new Cancellation());
        CompletableFuture<ToolResult> result =
                CompletableFuture.supplyAsync(() -> ending.call(GET_TICKET, Map.of("ticket_number", 4052), context));
        sandbox.awaitExchanges(1);

        shutdown.cancel();

        assertThat(result.get().errorCode()).isEqualTo("cancelled");
        stalled.release();
    }

    @Test
    void the_client_is_told_of_an_upload_also_if_the_host_is() {
        List<String> ofClient = new ArrayList<>();
        List<String> ofHost = new ArrayList<>();
        BoundTools telling = sandbox.bound(
                Unguarded.policy(),
                desk -> desk.options(
                        options -> options.progress((bytes, total) -> ofClient.add(bytes + " of " + total))));

        telling.call(
                CREATE_NOTE_WITH_FILES,
                ToolExamples.smallest(Catalogue.get(CREATE_NOTE_WITH_FILES)),
                CallContext.none().progress((done, total) -> ofHost.add(done + " of " + total)));

        assertThat(ofHost).isNotEmpty().isEqualTo(ofClient);
    }

    /** Cancels a call once its request has arrived. */
    private ToolResult cancelledUnderWay(String operation, String tool, Map<String, Object> arguments)
            throws Exception {
        Fault stalled = Fault.stall();
        sandbox.next(operation, stalled);
        Cancellation cancellation = new Cancellation();
        CallContext context = CallContext.none().cancellation(cancellation);
        CompletableFuture<ToolResult> result =
                CompletableFuture.supplyAsync(() -> tools.call(tool, arguments, context));
        sandbox.awaitExchanges(1);

        cancellation.cancel();

        ToolResult ended = result.get();
        stalled.release();
        return ended;
    }

    @Test
    void an_error_is_a_sentence_of_at_most_a_thousand_characters() {
        sandbox.next(Fault.answer(400, Map.of(), "{\"message\":\"" + "long ".repeat(2_000) + "\"}"));

        assertThat(tools.call(GET_TICKET, Map.of("ticket_number", 1)).text()).hasSizeLessThanOrEqualTo(1_000);
    }

    private static Exchange last() {
        List<Exchange> exchanges = sandbox.exchanges();
        return exchanges.get(exchanges.size() - 1);
    }
}
