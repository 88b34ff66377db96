package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TicketsTest {

    private static final ManualClock CLOCK = new ManualClock();
    private static final Desk365Sandbox SANDBOX =
            Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED).clock(CLOCK));

    @RegisterExtension
    static final SandboxLifecycle LIFECYCLE = new SandboxLifecycle(SANDBOX);

    private final Caller caller = new Caller(SANDBOX);

    @Test
    void a_list_has_descriptions_and_custom_fields_only_on_request() {
        JsonNode bare = caller.get("/tickets").json().at("/tickets/0");
        JsonNode full = caller.get("/tickets", "include_description", "1", "include_custom_fields", "1")
                .json()
                .at("/tickets/0");

        assertThat(bare.propertyNames())
                .doesNotContain(
                        "description", "description_text", "custom_fields", "completed_within_sla", "attachments");
        assertThat(full.propertyNames())
                .contains("description", "description_text", "custom_fields")
                .doesNotContain("completed_within_sla", "attachments");
    }

    @Test
    void nested_fields_removes_the_nesting() {
        JsonNode flat = caller.get("/tickets", "include_custom_fields", "1", "nested_fields", "1")
                .json()
                .at("/tickets/0");

        assertThat(flat.propertyNames())
                .contains("cf_Site Name", "cf_🔡 Clientnumber")
                .doesNotContain("custom_fields");
    }

    @Test
    void survey_details_are_included_only_for_tickets_with_a_rating() {
        List<JsonNode> rated = caller.get("/tickets", "include_survey_details", "1", "ticket_count", "100")
                .json()
                .path("tickets")
                .valueStream()
                .filter(ticket -> ticket.has("survey_rating"))
                .toList();

        assertThat(rated).isNotEmpty().hasSizeLessThan(100).allSatisfy(ticket -> {
            assertThat(ticket.at("/survey_rating/sv_answered").asBoolean()).isTrue();
            assertThat(ticket.path("resolved_on").isNull()).isFalse();
        });
    }

    @Test
    void a_list_starts_with_the_newest_ticket_by_default() {
        List<String> newest = caller.get("/tickets").all("tickets", "created_on");
        List<String> oldest = caller.get("/tickets", "order_type", "asc").all("tickets", "created_on");

        assertThat(newest).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(oldest).isSorted().startsWith("2026-10-01 06:00:00");
        assertThat(caller.get("/tickets", "order_by", "updated_time").all("tickets", "updated_on"))
                .isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void updated_since_leaves_out_tickets_without_activity() {
        caller.put("/tickets/update", "{'priority': 1}", "ticket_number", "4003");

        assertThat(caller.get("/tickets", "updated_since", "2026-11-22 23:59:59")
                        .all("tickets", "ticket_number"))
                .containsExactly("4003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "20", "500", "x"})
    void only_three_page_sizes_are_accepted(String size) {
        assertThat(caller.get("/tickets", "ticket_count", size).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'status': ['Archived']} | status | Archived",
                "{'priority': ['20', '10']} | priority | 20, 10",
                "{'type': ['🙋 Question']} | type | 🙋 Question",
                "{'group': ['Billing'], 'status': ['Open', 'Pending']} | status | Open, Pending",
                "{'assigned_to': ['emre.celik@desk.example']} | assigned_to | emre.celik@desk.example",
                "{'source': ['6']} | source | 6",
                "{'contact': ['nora.vance@northwind.example']} | contact_email | nora.vance@northwind.example",
                "{'company_name': ['Yamada Precision 山田精密']} | company_name | Yamada Precision 山田精密",
            })
    void filters_match_any_value_of_a_key_and_every_key(String filters, String field, String expected) {
        Reply reply = caller.get("/tickets", "ticket_count", "100", "filters", filters.replace('\'', '"'));

        assertThat(reply.json().path("count").asInt()).isBetween(1, 99);
        assertThat(Set.copyOf(reply.all("tickets", field))).isSubsetOf(expected.split(", "));
    }

    @Test
    void two_dashes_in_a_filter_find_tickets_without_a_value() {
        JsonNode tickets = caller.get("/tickets", "filters", "{\"assigned_to\":[\"--\"]}")
                .json()
                .path("tickets");

        assertThat(tickets)
                .isNotEmpty()
                .allMatch(ticket -> ticket.path("assigned_to").isNull());
    }

    @Test
    void custom_fields_can_be_filtered_by() {
        JsonNode tickets = caller.get(
                        "/tickets",
                        "include_custom_fields",
                        "1",
                        "filters",
                        "{\"custom_fields\":{\"cf_Contract Level\":[\"Bronze\"]}}")
                .json()
                .path("tickets");

        assertThat(tickets)
                .isNotEmpty()
                .allMatch(ticket -> ticket.path("custom_fields")
                        .path("cf_Contract Level")
                        .asString()
                        .equals("Bronze"));
    }

    @Test
    void merged_tickets_are_listed_unless_a_filter_leaves_them_out() {
        assertThat(count("{}")).isEqualTo(120);
        assertThat(count("{'include_merged': 0}")).isEqualTo(118);
        assertThat(count("{'include_merged': ['0']}")).isEqualTo(118);
        assertThat(count("{'include_merged': 1}")).isEqualTo(120);
    }

    private int count(String filters) {
        return caller.get("/tickets", "filters", filters.replace('\'', '"'))
                .json()
                .path("count")
                .asInt();
    }

    @Test
    void a_new_ticket_with_an_unknown_address_creates_a_contact_named_after_the_local_part() {
        Reply created = create("'email': 'lena.fox@northwind.example'");

        assertThat(created.status()).isEqualTo(200);
        JsonNode ticket = created.json();
        assertThat(ticket.path("ticket_number").asInt()).isEqualTo(4121);
        assertThat(ticket.path("contact_name").asString()).isEqualTo("lena.fox");
        assertThat(ticket.path("company_name").asString()).isEqualTo("Northwind");
        assertThat(ticket.path("source").asInt()).isEqualTo(15);
        assertThat(ticket.path("sla").asString()).isEqualTo("Gold");
        assertThat(ticket.path("created_on").asString()).isEqualTo("2026-11-23 09:00:00");
        assertThat(ticket.path("description_text").asString()).isEqualTo("ab");
        assertThat(caller.get("/contacts/details", "primary_email", "lena.fox@northwind.example")
                        .status())
                .isEqualTo(200);
    }

    private Reply create(String fields) {
        return caller.post(
                "/tickets/create",
                "{" + fields + ", 'subject': 's', 'description': '<p>a</p><p>b</p>', 'status': 'open'}");
    }

    @Test
    void a_secondary_address_finds_its_contact() {
        assertThat(create("'email': 'n.vance@northwind.example'")
                        .json()
                        .path("contact_email")
                        .asString())
                .isEqualTo("nora.vance@northwind.example");
    }

    @Test
    void labels_are_accepted_in_any_case_and_returned_in_their_registered_spelling() {
        JsonNode ticket = create("'email': 'a@b.example', 'type': 'incident'").json();

        assertThat(ticket.path("status").asString()).isEqualTo("Open");
        assertThat(ticket.path("type").asString()).isEqualTo("Incident");
    }

    @Test
    void all_fields_of_a_new_ticket_are_kept() {
        JsonNode ticket = create("'email': 'nora.vance@northwind.example', 'priority': 20, 'group': 'Network',"
                        + " 'category': 'Network', 'sub_category': 'VPN', 'assign_to': 'tom.becker@desk.example',"
                        + " 'form_name': 'Hardware Request', 'watchers': ['emre.celik@desk.example'],"
                        + " 'share_to': ['a@b.example'], 'custom_fields': {'cf_Affected Users': 3}")
                .json();

        assertThat(ticket.path("priority").asInt()).isEqualTo(20);
        assertThat(ticket.path("group").asString()).isEqualTo("Network");
        assertThat(ticket.path("subcategory").asString()).isEqualTo("VPN");
        assertThat(ticket.path("assigned_to").asString()).isEqualTo("tom.becker@desk.example");
        assertThat(ticket.path("first_assigned_duration").asInt(-1)).isZero();
        assertThat(ticket.path("form_name").asString()).isEqualTo("Hardware Request");
        assertThat(ticket.at("/watchers/0").asString()).isEqualTo("emre.celik@desk.example");
        assertThat(ticket.at("/share_to/0").asString()).isEqualTo("a@b.example");
        assertThat(ticket.at("/custom_fields/cf_Affected Users").asInt()).isEqualTo(3);
        assertThat(ticket.path("custom_fields").has("cf_Site Name")).isTrue();
        assertThat(ticket.path("due_date").asString()).isEqualTo("2026-11-23 13:00:00");
    }

    @Test
    void an_undefined_custom_field_is_refused_by_name_and_nothing_is_created() {
        Reply reply = create("'email': 'stranger@b.example', 'custom_fields': {'cf_Sitename': 'x'}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asString()).contains("cf_Sitename");
        assertThat(caller.get("/tickets").json().path("count").asInt()).isEqualTo(120);
        assertThat(caller.get("/contacts/details", "primary_email", "stranger@b.example")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void an_update_changes_only_what_is_sent_and_answers_without_attachments() {
        JsonNode before =
                caller.get("/tickets/details", "ticket_number", "4063").json();
        CLOCK.advance(Duration.ofMinutes(1));

        JsonNode after = caller.put("/tickets/update", "{'priority': 20}", "ticket_number", "4063")
                .json();

        assertThat(after.has("attachments")).isFalse();
        assertThat(after.path("priority").asInt()).isEqualTo(20);
        assertThat(after.path("updated_on").asString())
                .isGreaterThan(before.path("updated_on").asString());
        assertThat(after.path("description")).isEqualTo(before.path("description"));
        assertThat(after.path("status")).isEqualTo(before.path("status"));
        assertThat(caller.get("/tickets/details", "ticket_number", "4063")
                        .json()
                        .path("attachments"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--", "- -"})
    void two_dashes_clear_what_can_be_cleared(String dashes) {
        JsonNode ticket = caller.put(
                        "/tickets/update",
                        "{'assign_to': '%s', 'group': '%s', 'category': '%s', 'sub_category': '%s'}"
                                .formatted(dashes, dashes, dashes, dashes),
                        "ticket_number",
                        "4101")
                .json();

        assertThat(List.of("assigned_to", "group", "category", "subcategory"))
                .allMatch(field -> ticket.path(field).isNull());
    }

    @Test
    void resolving_closing_and_reopening_set_the_times() {
        JsonNode resolved = status("resolved");
        assertThat(resolved.path("resolved_on").asString()).startsWith("2026-11-23");
        assertThat(resolved.path("completed_within_sla").asBoolean(true)).isFalse();

        JsonNode closed = status("Closed");
        assertThat(closed.path("closed_on").asString()).startsWith("2026-11-23");

        JsonNode open = status("OPEN");
        assertThat(open.path("status").asString()).isEqualTo("Open");
        assertThat(open.path("resolved_on").isNull()).isTrue();
        assertThat(open.path("closed_on").isNull()).isTrue();
        assertThat(open.path("completed_within_sla").isNull()).isTrue();
    }

    private JsonNode status(String status) {
        return caller.put("/tickets/update", "{'status': '" + status + "'}", "ticket_number", "4052")
                .json();
    }

    @Test
    void watchers_are_added_and_removed_by_an_update() {
        JsonNode ticket = caller.put(
                        "/tickets/update",
                        "{'watchers': {'add': ['emre.celik@desk.example'], 'remove': ['tom.becker@desk.example']},"
                                + " 'share_to': {'add': ['x@y.example']}}",
                        "ticket_number",
                        "4052")
                .json();

        assertThat(Json.texts(ticket.path("watchers"))).containsExactly("emre.celik@desk.example");
        assertThat(Json.texts(ticket.path("share_to")))
                .containsExactly("giulia.ferraro@northwind.example", "x@y.example");
        assertThat(caller.put("/tickets/update", "{'watchers': ['a@b.example']}", "ticket_number", "4052")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_ticket_can_move_to_another_contact_and_another_sla() {
        JsonNode ticket = caller.put(
                        "/tickets/update",
                        "{'contact_email': 'jonas.hofer@fabrikamgmbh.example', 'sla': 'No SLA Policy'}",
                        "ticket_number",
                        "4052")
                .json();

        assertThat(ticket.path("contact_name").asString()).isEqualTo("Jonas Hofer");
        assertThat(ticket.path("company_name").asString()).isEqualTo("Fabrikam GmbH");
        assertThat(ticket.path("due_date").isNull()).isTrue();
    }
}
