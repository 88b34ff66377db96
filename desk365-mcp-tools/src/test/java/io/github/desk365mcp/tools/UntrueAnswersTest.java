package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A service, or something between, that acts and then answers what is no answer: nothing is told as done, or done twice. */
class UntrueAnswersTest {

    private static final ManualClock CLOCK = new ManualClock();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(CLOCK));

    /** What was answered in place of a record. */
    private record Said(int status, String body) {}

    private static final List<Said> NO_RECORDS = List.of(
            new Said(200, ""),
            new Said(201, " \r\n"),
            new Said(200, "{}"),
            new Said(201, "{ }"),
            new Said(200, "[]"),
            new Said(200, "[{}]"),
            new Said(200, "null"),
            new Said(200, "{\"status\":400,\"error\":\"Bad Request\",\"message\":\"Invalid value\"}"),
            new Said(200, "{\"status\":\"422\",\"message\":\"Invalid value\"}"),
            new Said(201, "{\"error\":\"Session expired\",\"message\":\"Log in\"}"),
            new Said(200, "{\"errors\":[{\"message\":\"Invalid value\"}],\"message\":\"no\"}"),
            new Said(200, "{\"success\":false,\"message\":\"no\"}"),
            new Said(202, ""),
            new Said(202, "{\"message\":\"Queued\"}"),
            new Said(204, ""),
            new Said(205, ""),
            new Said(200, "<!doctype html><title>Log in</title>"));

    private static final List<Integer> OPEN =
            List.of(300, 301, 302, 303, 304, 307, 308, 408, 418, 421, 425, 444, 460, 499, 500, 502, 503, 504, 520, 599);

    private static final List<Integer> REFUSED = List.of(400, 401, 403, 404, 405, 409, 413, 414, 415, 422, 429);

    private static BoundTools tools() {
        return sandbox.bound(Unguarded.noticesRepeats(CLOCK));
    }

    /** Arguments of a call whose record can be read again. */
    static Map<String, Object> arguments(Tool tool) {
        Map<String, Object> arguments = ToolExamples.fullest(tool);
        if (tool.name().equals(CREATE_ARTICLE)) {
            // A draft cannot be read again.
            arguments.put("status", "published");
        }
        return arguments;
    }

    /** What they make shows no time of its making, so nobody can tell whose it is. */
    private static final Set<String> UNDATED = Set.of(
            "create_a_desk_365_asset_location", "create_a_desk_365_contract", "desk_365_tickets_import_conversations");

    private static Stream<Tool> writing() {
        return Catalogue.tools().stream().filter(tool -> !tool.verb().reads());
    }

    static Stream<Arguments> writes_and_no_records() {
        return writing().flatMap(tool -> NO_RECORDS.stream().map(said -> Arguments.of(tool.name(), said)));
    }

    @Test
    void every_tool_that_writes_is_tried() {
        assertThat(writing().map(Tool::name)).hasSize(29);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("writes_and_no_records")
    void a_write_without_a_record_in_its_answer_is_unreadable_and_not_made_twice(String name, Said said) {
        staysOpen(name, Fault.replaceAnswer(said.status(), Map.of(), said.body()), "unreadable_answer");
    }

    static Stream<Arguments> writes_and_open_statuses() {
        return writing().flatMap(tool -> OPEN.stream().map(status -> Arguments.of(tool.name(), status)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("writes_and_open_statuses")
    void a_write_whose_status_something_between_may_have_made_is_unknown_and_not_made_twice(String name, int status) {
        Map<String, String> headers = status < 400 ? Map.of("Location", "/elsewhere") : Map.of();
        String body = status == 304 ? "" : "{\"message\":\"Elsewhere\"}";
        staysOpen(name, Fault.replaceAnswer(status, headers, body), status < 500 ? "unknown_outcome" : "unavailable");
    }

    private static void staysOpen(String name, Fault fault, String code) {
        BoundTools tools = tools();
        Tool tool = Catalogue.get(name);
        if (name.equals(UPDATE_TICKETS)) {
            // It reads the tickets first.
            sandbox.next("updateTicket", fault);
        } else {
            sandbox.next(fault);
        }

        ToolResult first = tools.call(name, arguments(tool));

        assertThat(first.errorCode()).as(first.text()).isEqualTo(code);
        assertThat(first.text()).contains("unknown").doesNotContain("Nothing was done", "nothing was changed");
        assertThat(sandbox.writes()).hasSize(1);
        if (tool.verb() == Tool.Verb.CREATES) {
            ToolResult second = tools.call(name, arguments(tool));
            ToolResult third = tools.call(name, arguments(tool));

            assertThat(sandbox.writes()).hasSize(1);
            if (UNDATED.contains(name)) {
                assertThat(second.errorCode()).as(second.text()).isEqualTo("unknown_outcome");
                assertThat(second.text()).contains("a person must check");
                assertThat(third.errorCode()).isEqualTo("unknown_outcome");
            } else {
                assertThat(second.structuredContent()).as(second.text()).containsEntry("found", true);
                assertThat(third.structuredContent()).containsEntry("replayed", true);
            }
        }
    }

    static Stream<Arguments> creates_and_refusals() {
        return writing()
                .filter(tool -> tool.verb() == Tool.Verb.CREATES)
                .flatMap(tool -> REFUSED.stream()
                        .filter(status -> status != 409 || !NAMELESS.contains(tool.name()))
                        .map(status -> Arguments.of(tool.name(), status)));
    }

    /** Tools that create records without a name, which cannot conflict with another record. */
    static final Set<String> NAMELESS = Set.of(
            "create_a_desk_365_ticket",
            "desk_365_tickets_create_with_attachment",
            "create_a_desk_365_ticket_reply",
            "desk_365_ticket_replies_create_with_attachment",
            "create_a_desk_365_ticket_note",
            "desk_365_ticket_notes_create_with_attachment",
            "desk_365_tickets_import_conversations",
            "create_a_desk_365_time_entry");

    static Set<String> nameless() {
        return NAMELESS;
    }

    @ParameterizedTest
    @MethodSource("nameless")
    void a_conflict_of_a_record_without_a_name_is_unknown_and_not_made_twice(String name) {
        staysOpen(name, Fault.replaceAnswer(409, Map.of(), "{\"message\":\"Same request\"}"), "unknown_outcome");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("creates_and_refusals")
    void a_refusal_stays_one_and_the_same_call_may_be_made_again(String name, int status) {
        BoundTools tools = tools();
        sandbox.next(Fault.answer(status, Map.of(), "{\"message\":\"No\"}"));

        ToolResult first = tools.call(name, arguments(Catalogue.get(name)));
        assertThat(first.isError()).isTrue();
        assertThat(first.errorCode()).isNotIn("unknown_outcome", "unreadable_answer", "unavailable");

        if (status != 429) {
            ToolResult second = tools.call(name, arguments(Catalogue.get(name)));
            assertThat(second.isError()).as(second.text()).isFalse();
            assertThat(second.structuredContent()).doesNotContainKeys("found", "replayed");
        }
    }

    static Stream<String> reading() {
        return Catalogue.tools().stream()
                .filter(tool -> tool.verb().reads() && tool.reserved() > 0)
                .map(Tool::name);
    }

    @ParameterizedTest
    @MethodSource("reading")
    void a_read_without_a_record_or_list_in_its_answer_is_an_error(String name) {
        BoundTools tools = tools();
        for (Said said : NO_RECORDS) {
            sandbox.reset();
            sandbox.next(Fault.answer(said.status(), Map.of(), said.body()));
            ToolResult result = tools.call(name, ToolExamples.smallest(Catalogue.get(name)));
            if (said.body().startsWith("[") && name.contains("agents")) {
                // Nobody knows the form of that list.
                continue;
            }
            assertThat(result.isError()).as(said + ": " + result.text()).isTrue();
            assertThat(result.errorCode()).isEqualTo("unreadable_answer");
            assertThat(result.text()).doesNotContain("Look whether");
        }
    }

    @Test
    void an_update_that_is_answered_with_another_ticket_is_not_told_as_done() {
        BoundTools tools = tools();
        sandbox.next(Fault.replaceAnswer(200, Map.of(), "{\"ticket_number\":666,\"status\":\"Open\"}"));

        ToolResult result = tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Pending"));

        assertThat(result.errorCode()).isEqualTo("unreadable_answer");
        assertThat(result.text()).contains("about another record").doesNotContain("666");
    }

    @Test
    void a_ticket_that_is_read_and_comes_as_another_is_not_shown() {
        sandbox.next(Fault.answer(200, Map.of(), "{\"ticket_number\":666,\"subject\":\"A stranger's\"}"));

        ToolResult result = tools().call(GET_TICKET, Map.of("ticket_number", 4052));

        assertThat(result.errorCode()).isEqualTo("unreadable_answer");
        assertThat(result.text()).contains("about another record").doesNotContain("stranger");
    }

    @Test
    void a_note_that_is_answered_with_the_note_of_another_ticket_is_looked_for() {
        BoundTools tools = tools();
        Map<String, Object> note = Map.of("ticket_number", 4052, "body", "Called her back.");
        sandbox.next(Fault.replaceAnswer(201, Map.of(), "{\"ticket_number\":4051,\"body\":\"Called her back.\"}"));

        assertThat(tools.call(CREATE_NOTE, note).errorCode()).isEqualTo("unreadable_answer");
        assertThat(tools.call(CREATE_NOTE, note).structuredContent()).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }
}
