package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.DESCRIBE;
import static io.github.desk365mcp.tools.ToolNames.GET_CONTACT;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.core.AnswerSize;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is known of a helpdesk's own words: given by its host, or seen in answers; told in errors and on request. */
class DescriptionTest {

    private static final Vocabulary WORDS = Vocabulary.none()
            .statuses("Open", "Pending", "Resolved", "Closed")
            .category("Network", "VPN", "Wi-Fi")
            .customFields("cf_Site Name");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start(options -> options.plan(Plan.PLUS));

    // New for each test, since they learn words from answers.
    private final Desk365Client desk = sandbox.client();
    private final BoundTools tools = Desk365Tools.with(Unguarded.policy()).bind(desk);

    @Test
    void it_costs_no_call_and_knows_what_answers_told() {
        Map<String, Object> nothing = Expect.map(describe(Map.of()).get("words"));
        tools.call(GET_TICKET, Map.of("ticket_number", 4052));
        Map<String, Object> words = Expect.map(describe(Map.of()).get("words"));

        assertThat(nothing).containsOnlyKeys("priorities");
        assertThat(words).containsKeys("statuses", "groups", "custom_fields");
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void it_looks_for_two_calls_if_asked() {
        Map<String, Object> answer = describe(Map.of("look", true));

        assertThat(sandbox.exchanges()).hasSize(2);
        assertThat(Expect.list(Expect.map(answer.get("words")).get("statuses"))).contains("Open", "Pending", "Closed");
        assertThat(Expect.map(answer.get("calls"))).containsKey("ratelimit-remaining");
    }

    @Test
    void it_keeps_to_the_size_of_answers_too_and_says_what_it_left_out() {
        Vocabulary many = Vocabulary.none();
        for (int i = 0; i < 60; i++) {
            many = many.category(
                    "A category with a name that is as long as a whole sentence about its purpose, number " + i);
        }
        ToolResult result = Desk365Tools.with(
                        Unguarded.policy().answerTokens(500).vocabulary(many))
                .bind(desk)
                .call(DESCRIBE, Map.of());

        assertThat(AnswerSize.estimate(result.text())).isLessThan(600);
        assertThat(Expect.map(Expect.answer(result).get("truncated")))
                .containsEntry("fields_left_out", List.of("words"));
    }

    @Test
    void a_look_tells_how_far_it_is() {
        List<String> told = new ArrayList<>();

        tools.call(
                DESCRIBE,
                Map.of("look", true),
                CallContext.none().progress((done, total) -> told.add(done + " of " + total)));

        assertThat(told).containsExactly("1 of 2", "2 of 2");
    }

    @Test
    void warnings_come_first_and_the_tools_which_a_client_has_anyway_are_not_repeated() {
        sandbox.next("listAgents", Fault.answer(500, Map.of(), "{\"message\":\"Oops\"}"));

        Map<String, Object> looked = describe(Map.of("look", true));

        assertThat(looked.keySet())
                .startsWith("not_looked_at", "words_from", "words")
                .doesNotContain("tools");
        assertThat(describe(Map.of()).keySet()).startsWith("words_from", "words");
    }

    @Test
    void a_429_ends_the_looks_and_is_known_to_the_next_call() {
        sandbox.next(Fault.answer(429, Map.of("Retry-After", "40"), "{\"message\":\"Too many\"}"));

        Map<String, Object> answer = describe(Map.of("look", true));

        assertThat(String.valueOf(answer.get("not_looked_at")))
                .contains("tickets: the rate limit of the plan is reached", "agents: the plan has no calls left");
        assertThat(sandbox.exchanges()).hasSize(1);
        assertThat(tools.call(LIST_TICKETS, Map.of()).text()).contains("Wait ");
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void custom_fields_are_named_with_or_without_their_prefix() {
        assertThat(Vocabulary.none().customFields("Site Name", "CF_Size", "cf_Size"))
                .isEqualTo(Vocabulary.none().customFields("cf_Site Name", "cf_Size"));
    }

    @Test
    void a_description_takes_at_most_600_tokens() {
        tools.call(DESCRIBE, Map.of("look", true));

        // English and names take four characters a token or more; three is on the safe side.
        assertThat(tools.call(DESCRIBE, Map.of()).text().length() / 3).isLessThan(600);
    }

    @Test
    void a_caller_is_told_of_no_other_tools_and_no_words_that_they_do_not_show() {
        tools.call(LIST_TICKETS, Map.of());
        CallContext reader = CallContext.none().scope(Selection.everything().tags("system", "knowledge_base"));

        ToolResult result = tools.call(DESCRIBE, Map.of("look", true), reader);

        assertThat(result.text()).doesNotContain("tickets", "Pending", "@");
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @Test
    void short_names_are_used_where_tools_have_them() {
        BoundTools named = Desk365Tools.all().named(Naming.SHORT).bind(desk);
        sandbox.next("listAgents", Fault.answer(500, Map.of(), "{\"message\":\"Oops\"}"));

        assertThat(named.call("describe_helpdesk", Map.of("look", true)).text())
                .contains("\"list_agents: it failed; call it directly to see why\"")
                .doesNotContain("desk_365");
    }

    @Test
    void a_refused_word_is_answered_with_those_seen_so_far() {
        assertThat(tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "group", "Netwrk"))
                        .text())
                .contains("Get group from list_all_desk_365_tickets");
        tools.call(LIST_TICKETS, Map.of("ticket_count", 100));

        assertThat(Expect.unmarked(tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "group", "Netwrk"))))
                .contains("Invalid value 'Netwrk' for group")
                .endsWith("Did you mean Network?");
        assertThat(tools.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "group", "Quux"))
                        .text())
                .contains("Seen so far: ")
                .contains("Service Desk");
    }

    @Test
    void an_empty_list_says_which_word_was_perhaps_meant() {
        tools.call(LIST_TICKETS, Map.of());

        Map<String, Object> answer = Expect.answer(tools.call(LIST_TICKETS, Map.of("status", "Opne")));

        assertThat(String.valueOf(answer.get("hint"))).contains("Did you mean Open?");
    }

    @Test
    void a_word_in_other_letters_is_read_as_the_one_that_was_seen() {
        tools.call(LIST_TICKETS, Map.of());

        ToolResult result = tools.call(LIST_TICKETS, Map.of("status", "OPEN"));

        assertThat(Expect.list(Expect.answer(result).get("tickets"))).isNotEmpty();
        assertThat(result.meta().toString()).contains("status was read as [\"Open\"]");
    }

    @Test
    void a_contact_is_found_by_any_of_its_addresses_in_one_call_of_the_tool() {
        Map<String, Object> listed = Expect.answer(tools.call("list_all_desk_365_contacts", Map.of()));
        Map<String, Object> withSecond = Expect.list(listed.get("contacts")).stream()
                .map(Expect::map)
                .filter(contact -> contact.get("secondary_emails") instanceof List<?> list && !list.isEmpty())
                .findFirst()
                .orElseThrow();
        Object second = Expect.list(withSecond.get("secondary_emails")).get(0);
        sandbox.forget();

        ToolResult found = tools.call(GET_CONTACT, Map.of("email", second));

        assertThat(found.structuredContent()).containsEntry("primary_email", withSecond.get("primary_email"));
        assertThat(found.text())
                .contains("is a secondary address of this contact")
                .contains("2 calls");
        assertThat(sandbox.exchanges()).hasSize(2);
    }

    @Test
    void an_address_that_is_nowhere_is_answered_only_with_the_same_address_in_other_case() {
        tools.call("list_all_desk_365_contacts", Map.of());

        ToolResult near = tools.call(GET_CONTACT, Map.of("primary_email", "nora.vanse@northwind.example"));

        assertThat(near.errorCode()).isEqualTo("not_found");
        assertThat(near.text()).doesNotContain("Did you mean", "nora.vance@");
    }

    @Test
    void a_first_name_is_answered_with_the_agent_whose_address_has_it() {
        tools.call("list_all_desk_365_agents", Map.of());

        ToolResult result =
                tools.call("update_a_desk_365_ticket_by_id", Map.of("ticket_number", 4052, "assigned_to", "rita"));

        assertThat(result.text()).contains("Did you mean rita.solberg@desk.example?");
    }

    @Test
    void tenants_learn_nothing_from_each_other() {
        try (TestSandbox other = TestSandbox.start()) {
            BoundTools many = Desk365Tools.with(
                            Policy.of(Selection.everything()).hosts("127.0.0.1", "localhost"))
                    .bind(context -> "a".equals(context.tenant())
                            ? Tenant.of("a", sandbox.baseUrl(), sandbox.apiKey())
                            : Tenant.of("b", other.baseUrl(), other.apiKey()));
            many.call(LIST_TICKETS, Map.of(), CallContext.none().tenant("a"));

            assertThat(many.call(DESCRIBE, Map.of(), CallContext.none().tenant("a"))
                            .text())
                    .contains("Pending");
            assertThat(many.call(DESCRIBE, Map.of(), CallContext.none().tenant("b"))
                            .text())
                    .doesNotContain("Pending");
        }
    }

    @Test
    void given_words_are_enums_and_a_wrong_one_is_refused_before_it_leaves() {
        BoundTools given = Desk365Tools.with(Policy.of(Selection.everything()).vocabulary(WORDS))
                .bind(desk);
        ToolDefinition update = given.definitions().stream()
                .filter(tool -> tool.name().equals(UPDATE_TICKET))
                .findFirst()
                .orElseThrow();

        assertThat(update.toJson())
                .contains("\"enum\":[\"Open\",\"Pending\",\"Resolved\",\"Closed\"]")
                .contains("Names: cf_Site Name.");
        assertThat(given.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "status", "Pendin"))
                        .text())
                .isEqualTo("Nothing was done. status must be one of Open, Pending, Resolved, Closed; did you mean"
                        + " Pending?");
        assertThat(given.call(
                                UPDATE_TICKET,
                                Map.of("ticket_number", 4052, "category", "network", "subcategory", "Printer"))
                        .text())
                .contains("subcategory must be one of VPN, Wi-Fi");
        assertThat(given.call(UPDATE_TICKET, Map.of("ticket_number", 4052, "custom_fields", Map.of("Size", 1)))
                        .text())
                .contains("custom_fields must be one of cf_Site Name");
        assertThat(sandbox.exchanges()).isEmpty();
        assertThat(given.call(
                                UPDATE_TICKET,
                                Map.of("ticket_number", 4052, "custom_fields", Map.of("site name", "Turin HQ")))
                        .isError())
                .isFalse();
    }

    @Test
    void each_tenant_has_words_of_its_own() {
        BoundTools many = Desk365Tools.all()
                .bind(context -> "a".equals(context.tenant())
                        ? Tenant.of("a", URI.create("https://a.desk365.io/apis"), "a-test-key")
                                .vocabulary(WORDS)
                        : Tenant.of("b", URI.create("https://b.desk365.io/apis"), "a-test-key"));

        assertThat(many.definitions(CallContext.none().tenant("a")).toString()).isNotEmpty();
        assertThat(schemas(many, "a")).contains("\"Wi-Fi\"");
        assertThat(schemas(many, "b")).doesNotContain("\"Wi-Fi\"");
    }

    private static String schemas(BoundTools tools, String tenant) {
        StringBuilder all = new StringBuilder();
        tools.definitions(CallContext.none().tenant(tenant)).forEach(tool -> all.append(tool.toJson()));
        return all.toString();
    }

    @Test
    void a_policy_file_has_a_vocabulary_too() {
        Policy policy = Policy.fromJson(
                "{\"vocabulary\": {\"statuses\": [\"Open\"], \"categories\": {\"Network\": [\"VPN\"]}}}");

        assertThat(policy.vocabulary())
                .isEqualTo(Vocabulary.none().statuses("Open").category("Network", "VPN"));
        assertThatThrownBy(() -> Policy.fromJson("{\"vocabulary\": {\"state\": [\"Open\"]}}"))
                .hasMessageContaining("Unknown key in a vocabulary: state");
    }

    private Map<String, Object> describe(Map<String, Object> arguments) {
        return Expect.answer(tools.call(DESCRIBE, arguments));
    }
}
