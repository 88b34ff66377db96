package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that cannot be meant are refused with a sentence, whichever way they come. */
class GivenTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final Queue<AuditRecord> audited = new ConcurrentLinkedQueue<>();
    private static final BoundTools tools = sandbox.bound(Unguarded.policy().audit(audited::add));

    /** Where it is the last call so far. */
    private static void assertAudited() {
        List<AuditRecord> records = new ArrayList<>(audited);
        AuditRecord last = records.get(records.size() - 1);
        assertThat(last.outcome()).isEqualTo("invalid_arguments");
        assertThat(last.tool()).isEqualTo(GET_TICKET);
    }

    private static void assertRefused(ToolResult result, String why) {
        assertRefused(result);
        assertThat(result.text()).contains(why);
    }

    private static void assertRefused(ToolResult result) {
        assertThat(result.errorCode()).as(result.text()).isEqualTo("invalid_arguments");
        assertThat(result.text()).startsWith("Nothing was done.").endsWith(".").doesNotContain("Exception");
    }

    static Stream<Object> oddNumbers() {
        return Stream.of(
                new BigDecimal("1e400"),
                new BigDecimal("1e999999999"),
                new BigDecimal("1e-999999999"),
                new BigDecimal("-1e999999999"),
                BigInteger.ONE.shiftLeft(2_000_000),
                Double.POSITIVE_INFINITY,
                Double.NaN);
    }

    @ParameterizedTest
    @MethodSource("oddNumbers")
    void a_number_that_cannot_be_counted_with_is_refused_wherever_it_stands(Object number) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertRefused(tools.call(GET_TICKET, Map.of("ticket_number", number)));
            assertRefused(tools.call(GET_TICKET, Map.of("ticket_number", List.of(number))));
            assertRefused(tools.call("create_a_desk_365_ticket_note", Map.of("ticket_number", 4052, "body", number)));
            assertRefused(tools.call("list_all_desk_365_tickets", Map.of("limit", number)));
            assertRefused(tools.call(
                    "list_all_desk_365_tickets", Map.of("custom_fields", Map.of("cf_Site Name", List.of(number)))));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "1e999999999", "-1e999999999", "1e-999999999", "1e99999999999999"})
    void so_it_is_in_json_text(String number) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertRefused(tools.callJson(GET_TICKET, "{\"ticket_number\": " + number + "}", CallContext.none()));
            assertRefused(tools.callJson(GET_TICKET, "{\"ticket_number\": \"" + number + "\"}", CallContext.none()));
            assertRefused(tools.callJson(GET_TICKET, "{\"ticket_number\": \"[" + number + "]\"}", CallContext.none()));
            assertRefused(tools.callJson(
                    "list_all_desk_365_tickets", "{\"priority\": \"[" + number + "]\"}", CallContext.none()));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 400, 900, 100_000})
    void what_is_nested_too_deep_is_refused_and_audited(int depth) {
        Object lists = 1;
        Object maps = 1;
        for (int i = 0; i < depth; i++) {
            lists = new ArrayList<>(List.of(lists));
            maps = new HashMap<>(Map.of("a", maps));
        }
        assertRefused(tools.call(GET_TICKET, Map.of("ticket_number", lists)), "nested deeper than 50 levels");
        assertAudited();
        assertRefused(tools.call("list_all_desk_365_tickets", Map.of("custom_fields", maps)));
        String text = "[".repeat(depth) + "]".repeat(depth);
        assertRefused(tools.callJson(GET_TICKET, "{\"ticket_number\": " + text + "}", CallContext.none()));
        assertRefused(tools.call(GET_TICKET, Map.of("ticket_number", text)));
    }

    @Test
    void what_has_no_end_is_refused_and_audited() {
        Map<String, Object> map = new HashMap<>();
        map.put("ticket_number", map);
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(list);
        Object many = "x";
        for (int i = 0; i < 40; i++) {
            many = List.of(many, many);
        }

        assertRefused(tools.call(GET_TICKET, map), "nested deeper than 50 levels");
        assertAudited();
        assertRefused(tools.call(GET_TICKET, Map.of("ticket_number", list)));
        assertRefused(tools.call(GET_TICKET, Map.of("ticket_number", many)), "more than 100000 values");
    }

    @Test
    void what_is_nested_as_deep_as_may_be_is_looked_at() {
        Object lists = 1;
        for (int i = 0; i < 49; i++) {
            lists = List.of(lists);
        }

        ToolResult result = tools.call(GET_TICKET, Map.of("ticket_number", lists));

        assertRefused(result);
        assertThat(result.text()).contains("ticket_number must").doesNotContain("nested");
    }

    @Test
    void a_number_of_so_many_digits_as_there_may_be_is_looked_at() {
        for (Number number : List.of(BigInteger.TEN.pow(299), new BigDecimal("1e299"), 1e299)) {
            assertThat(tools.call(GET_TICKET, Map.of("ticket_number", number)).text())
                    .doesNotContain("300 digits");
        }
        for (Number number : List.of(BigInteger.TEN.pow(300), new BigDecimal("1e300"), 1e300, 1e-301)) {
            assertRefused(tools.call(GET_TICKET, Map.of("ticket_number", number)), "number of more than 300 digits");
        }
    }

    @Test
    void a_key_that_stands_twice_is_named() {
        ToolResult result =
                tools.callJson(GET_TICKET, "{\"ticket_number\": 4052, \"ticket_number\": 4053}", CallContext.none());

        assertRefused(result);
        assertThat(result.text()).contains("The key ticket_number occurs twice");
    }

    @Test
    void what_is_no_json_is_named() {
        ToolResult result = tools.call(GET_TICKET, Map.of("ticket_number", new StringBuilder("4052")));

        assertRefused(result);
        assertThat(result.text()).contains("ticket_number has a value that is not JSON: StringBuilder");
        assertThat(tools.call(GET_TICKET, Map.of("ticket_number", Path.of("4052")))
                        .text())
                .contains("ticket_number has a value that is not JSON: ");
    }
}
