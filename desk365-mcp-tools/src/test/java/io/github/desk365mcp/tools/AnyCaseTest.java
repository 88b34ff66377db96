package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The account's words are found in upper and lower case. */
class AnyCaseTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static String filters() {
        return Objects.requireNonNull(sandbox.exchanges()
                        .get(sandbox.exchanges().size() - 1)
                        .query()
                        .get("filters"))
                .get(0);
    }

    private static Fault answer(String json) {
        return Fault.replaceAnswer(200, Map.of("Content-Type", "application/json"), json);
    }

    @ParameterizedTest
    @CsvSource({"status,open,Open", "status,PENDING,Pending", "type,question,Question", "group,NETWORK,Network"})
    void a_word_that_was_seen_is_sent_as_the_account_writes_it_and_that_is_said(
            String filter, String written, String known) {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        sandbox.next(
                answer("{\"count\":1,\"tickets\":[{\"ticket_number\":1,\"status\":\"Pending\",\"type\":\"Question\","
                        + "\"group\":\"Network\"},{\"ticket_number\":2,\"status\":\"Open\"}]}"));
        tools.call(LIST_TICKETS, Map.of());

        ToolResult result = tools.call(LIST_TICKETS, Map.of(filter, List.of(written)));

        assertThat(filters()).contains("\"" + known + "\"");
        String repair = filter + " was read as [\"" + known + "\"]";
        assertThat(String.valueOf(result.meta().get(MetaKeys.REPAIRS))).contains(repair);
        assertThat(Expect.answer(result)).containsEntry("repaired", List.of(repair));
    }

    @Test
    void blanks_around_a_word_are_removed_and_a_list_of_one_is_no_news() {
        BoundTools tools = sandbox.bound(Unguarded.policy());

        ToolResult blank = tools.call(LIST_TICKETS, Map.of("status", List.of(" Open ")));
        ToolResult alone = tools.call(LIST_TICKETS, Map.of("status", "Open"));

        assertThat(Expect.answer(blank)).containsEntry("repaired", List.of("status was read as [\"Open\"]"));
        assertThat(alone.meta()).containsEntry(MetaKeys.REPAIRS, List.of("status was read as [\"Open\"]"));
        assertThat(Expect.answer(alone)).doesNotContainKey("repaired");
    }

    @Test
    void a_count_of_nothing_says_first_that_the_word_was_never_seen() {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        Map<String, Object> count = Map.of("count_only", true, "group", "Frobnicators");

        Map<String, Object> unknown = Expect.answer(tools.call(LIST_TICKETS, count));
        assertThat(unknown.keySet()).containsExactly("hint", "total");
        assertThat(String.valueOf(unknown.get("hint")))
                .contains("group \"Frobnicators\" has not been seen here. Get group from list_all_desk_365_tickets");

        tools.call(LIST_TICKETS, Map.of());
        assertThat(String.valueOf(Expect.answer(tools.call(LIST_TICKETS, count)).get("hint")))
                .contains("group \"Frobnicators\" has not been seen here. Seen so far: ", "Service Desk");
        Map<String, Object> rows = Expect.answer(tools.call(LIST_TICKETS, Map.of("group", "Frobnicators")));
        assertThat(rows).containsEntry("returned", 0);
        assertThat(rows.keySet()).first().isEqualTo("hint");
        assertThat(String.valueOf(rows.get("hint"))).contains("has not been seen here");
    }

    @Test
    void a_count_by_one_word_and_the_mark_of_an_empty_field_is_a_count_by_one_word() {
        BoundTools tools = sandbox.bound(Unguarded.policy());

        Map<String, Object> some =
                Expect.answer(tools.call(LIST_TICKETS, Map.of("count_only", true, "group", List.of("--", "Network"))));

        assertThat(some).containsOnlyKeys("total");
        assertThat((Long) some.get("total")).isPositive();
    }

    @Test
    void a_word_that_is_known_for_another_argument_is_said_to_be() {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        tools.call(LIST_TICKETS, Map.of("subcategory", "Point of sale"));

        Map<String, Object> none = Expect.answer(tools.call(LIST_TICKETS, Map.of("group", "point of sale")));

        assertThat(String.valueOf(none.get("hint")))
                .contains("group \"point of sale\" has not been seen here. \"point of sale\" is a known subcategory.");
    }

    @Test
    void a_count_by_several_words_names_those_that_were_never_seen() {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        tools.call(LIST_TICKETS, Map.of());

        Map<String, Object> some = Expect.answer(
                tools.call(LIST_TICKETS, Map.of("count_only", true, "status", List.of("open", "Waiting", "Parked"))));
        assertThat((Long) some.get("total")).isPositive();
        assertThat(String.valueOf(some.get("hint")))
                .isEqualTo("status \"Waiting\" and \"Parked\" have not been seen here. Seen so far: "
                        + String.valueOf(some.get("hint")).replaceAll(".*so far: ", ""));

        assertThat(Expect.answer(tools.call(LIST_TICKETS, Map.of("count_only", true, "status", List.of("Open")))))
                .containsOnlyKeys("total");
    }

    @Test
    void a_word_that_was_seen_and_matches_nothing_is_not_doubted() {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        tools.call(LIST_TICKETS, Map.of());
        sandbox.next(answer("{\"count\":0,\"tickets\":[]}"));

        ToolResult result = tools.call(LIST_TICKETS, Map.of("status", "Open"));

        assertThat(result.text()).doesNotContain("not been seen");
    }

    @Test
    void a_word_of_the_host_is_sent_as_the_host_writes_it() {
        BoundTools tools =
                sandbox.bound(Unguarded.policy().vocabulary(Vocabulary.none().statuses("Open", "Waiting for parts")));

        tools.call(LIST_TICKETS, Map.of("status", List.of("waiting FOR parts")));

        assertThat(filters()).contains("\"Waiting for parts\"");
    }

    @Test
    void letters_that_only_look_alike_stay() {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        sandbox.next(answer("{\"count\":1,\"tickets\":[{\"ticket_number\":1,\"status\":\"Pending\"}]}"));
        tools.call(LIST_TICKETS, Map.of());

        tools.call(LIST_TICKETS, Map.of("status", List.of("PEND\u0130NG")));

        assertThat(filters()).contains("PEND\u0130NG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "OPEN", "opne"})
    void where_no_word_is_known_an_empty_answer_names_the_usual_one(String written) {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        sandbox.next(answer("{\"count\":0,\"tickets\":[]}"));

        ToolResult result = tools.call(LIST_TICKETS, Map.of("status", List.of(written)));

        assertThat(filters()).contains("\"" + written + "\"");
        assertThat(result.text()).contains("Did you mean Open?");
    }

    @Test
    void rows_that_came_need_no_such_hint() {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        sandbox.next(answer("{\"count\":1,\"tickets\":[{\"ticket_number\":1,\"status\":\"Open\"}]}"));

        assertThat(tools.call(LIST_TICKETS, Map.of("status", List.of("open"))).text())
                .doesNotContain("Did you mean");
    }

    @Test
    void of_words_that_differ_in_case_alone_an_empty_answer_names_one() {
        BoundTools tools = sandbox.bound(Unguarded.policy());
        sandbox.next(answer("{\"count\":2,\"tickets\":[{\"ticket_number\":1,\"status\":\"Open\",\"group\":\"Night\"},"
                + "{\"ticket_number\":2,\"status\":\"Open\",\"group\":\"NIGHT\"}]}"));
        tools.call(LIST_TICKETS, Map.of());
        sandbox.next(answer("{\"count\":0,\"tickets\":[]}"));

        ToolResult result = tools.call(LIST_TICKETS, Map.of("group", List.of("night")));

        assertThat(filters()).contains("\"night\"");
        assertThat(result.text()).containsAnyOf("Did you mean Night?", "Did you mean NIGHT?");
    }
}
