package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service may carry out a write, or list its record, after the call was given up. */
class LateWritesTest {

    private static final Set<String> UNDATED = Set.of("create_a_desk_365_contract", "create_a_desk_365_asset_location");
    private static final Map<String, Object> REPLY = Map.of("ticket_number", 4052, "body", "We are on our way.");

    private static final ManualClock CLOCK = new ManualClock();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.clock(CLOCK));

    private static BoundTools tools() {
        return sandbox.bound(Unguarded.noticesRepeats(CLOCK));
    }

    private static void lost(BoundTools tools, String name, Map<String, Object> arguments, Fault fault) {
        sandbox.next(fault);
        ToolResult lost = tools.call(name, arguments);
        assertThat(lost.errorCode()).as(lost.text()).isIn("unknown_outcome", "unavailable");
    }

    private static void assertWaits(ToolResult result, String time) {
        assertThat(result.errorCode()).as(result.text()).isEqualTo("unknown_outcome");
        assertThat(result.text())
                .contains("Nothing was sent now", "nothing was found so far", "Repeat the same call in " + time + ":");
    }

    @ParameterizedTest
    @MethodSource("io.github.desk365mcp.tools.LostWritesTest#calls")
    void nothing_is_sent_again_while_the_record_may_still_appear(String name, Map<String, Object> arguments) {
        BoundTools tools = tools();
        lost(tools, name, arguments, Fault.dropBefore());

        assertWaits(tools.call(name, arguments), "10 seconds");
        CLOCK.advance(Duration.ofMillis(9_999));
        assertWaits(tools.call(name, arguments), "1 seconds");
        assertThat(sandbox.writes()).hasSize(1);
        CLOCK.advance(Duration.ofMillis(1));
        ToolResult made = tools.call(name, arguments);

        assertThat(made.isError()).as(made.text()).isFalse();
        assertThat(made.structuredContent()).doesNotContainKeys("found", "replayed");
        assertThat(sandbox.writes()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("io.github.desk365mcp.tools.LostWritesTest#calls")
    void a_record_that_appears_late_is_found_and_not_made_again(String name, Map<String, Object> arguments) {
        BoundTools tools = tools();
        lost(tools, name, arguments, Fault.dropBefore());
        assertWaits(tools.call(name, arguments), "10 seconds");
        CLOCK.advance(Duration.ofSeconds(6));
        // The service carries out the first call only now.
        assertThat(tools().call(name, arguments).isError()).isFalse();
        CLOCK.advance(Duration.ofSeconds(4));

        ToolResult found = tools.call(name, arguments);

        if (UNDATED.contains(name)) {
            assertThat(found.errorCode()).isEqualTo("unknown_outcome");
        } else {
            assertThat(found.structuredContent()).as(found.text()).containsEntry("found", true);
        }
        assertThat(sandbox.writes()).hasSize(2);
    }

    @Test
    void waiting_costs_one_look_up() {
        BoundTools tools = tools();
        lost(tools, CREATE_REPLY, REPLY, Fault.dropBefore());
        tools.call(CREATE_REPLY, REPLY);
        int requests = sandbox.exchanges().size();

        for (int i = 0; i < 5; i++) {
            CLOCK.advance(Duration.ofSeconds(1));
            assertWaits(tools.call(CREATE_REPLY, REPLY), 9 - i + " seconds");
        }

        assertThat(sandbox.exchanges()).hasSize(requests);
    }

    @Test
    void a_second_loss_begins_a_second_wait() {
        BoundTools tools = tools();
        lost(tools, CREATE_REPLY, REPLY, Fault.dropBefore());
        tools.call(CREATE_REPLY, REPLY);
        CLOCK.advance(Duration.ofSeconds(10));
        sandbox.next("addReply", Fault.answer(503, Map.of(), "{}"));
        assertThat(tools.call(CREATE_REPLY, REPLY).errorCode()).isEqualTo("unavailable");

        assertWaits(tools.call(CREATE_REPLY, REPLY), "10 seconds");
        assertThat(sandbox.writes()).hasSize(2);
    }

    @Test
    void the_tool_with_files_waits_too() {
        BoundTools tools = tools();
        lost(tools, CREATE_REPLY, REPLY, Fault.dropBefore());
        Map<String, Object> withFile = ToolExamples.with(
                REPLY,
                "attachments",
                List.of(Map.of("reference", "data:text/plain;base64,aGVsbG8=", "file_name", "a.txt")));

        assertWaits(tools.call("desk_365_ticket_replies_create_with_attachment", withFile), "10 seconds");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_call_that_was_never_sent_needs_no_wait() {
        AtomicBoolean isDown = new AtomicBoolean(true);
        BoundTools tools = sandbox.bound(
                Unguarded.noticesRepeats(CLOCK),
                desk -> desk.httpClient(http -> http.addInterceptor(chain -> {
                    if (isDown.getAndSet(false)) {
                        throw new ConnectException("refused");
                    }
                    return chain.proceed(chain.request());
                })));

        ToolResult first = tools.call(CREATE_REPLY, REPLY);
        ToolResult second = tools.call(CREATE_REPLY, REPLY);

        assertThat(first.errorCode()).as(first.text()).isEqualTo("no_answer");
        assertThat(second.isError()).as(second.text()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }
}
