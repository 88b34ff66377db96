package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests the seed data that demonstrations and other tests rely on. */
class StoryTest {

    private static final Desk365Sandbox SANDBOX =
            Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED).contractsEnabled(true));
    private final Caller caller = new Caller(SANDBOX);

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    private JsonNode ticket(int number) {
        return caller.get("/tickets/details", "ticket_number", String.valueOf(number))
                .json();
    }

    private JsonNode thread(int number) {
        return caller.get("/tickets/conversations", "ticket_number", String.valueOf(number))
                .json();
    }

    @Test
    void the_outage_at_northwind_is_open_urgent_and_unassigned() {
        JsonNode ticket = ticket(4052);

        assertThat(ticket.path("subject").asString()).isEqualTo("Checkout is down in all our stores");
        assertThat(ticket.path("status").asString()).isEqualTo("Open");
        assertThat(ticket.path("priority").asInt()).isEqualTo(20);
        assertThat(ticket.path("contact_email").asString()).isEqualTo("nora.vance@northwind.example");
        assertThat(ticket.path("assigned_to").isNull()).isTrue();
    }

    @Test
    void its_thread_has_an_escalation_and_a_secret() {
        JsonNode thread = thread(4052);

        assertThat(thread.path("agent_reply_count").asInt()).isEqualTo(1);
        assertThat(thread.path("contact_reply_count").asInt()).isEqualTo(1);
        assertThat(thread.path("private_note_count").asInt()).isEqualTo(1);
        assertThat(thread.path("public_note_count").asInt()).isEqualTo(1);
        JsonNode note = thread.path("conversations")
                .valueStream()
                .filter(message -> message.path("public_note").isBoolean()
                        && !message.path("public_note").asBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(note.path("body_text").asString()).contains("root cause", "credit limit");
    }

    @Test
    void nora_vance_is_a_vip_with_a_second_address() {
        JsonNode nora = caller.get("/contacts/details", "primary_email", "nora.vance@northwind.example")
                .json();

        assertThat(nora.path("name").asString()).isEqualTo("Nora Vance");
        assertThat(nora.path("title").asString()).isEqualTo("Chief Operating Officer");
        assertThat(nora.at("/custom_fields/cf_VIP").asString()).isEqualTo("Yes");
        assertThat(nora.path("secondary_emails").asString()).isEqualTo("n.vance@northwind.example");
    }

    @Test
    void no_article_covers_the_vpn_gateway_but_there_is_a_folder_for_one() {
        for (JsonNode title : caller.get("/kb/article/").json().path("article_titles")) {
            String article = caller.get("/kb/article/details", "article_name", title.asString())
                    .text();
            assertThat(article).doesNotContainIgnoringCase("VPN gateway");
        }
        assertThat(caller.get("/kb/folder/details", "category_name", "Network & VPN", "folder_name", "Known issues")
                        .status())
                .isEqualTo(200);
        assertThat(caller.get("/tickets/search", "search_query", "{\"query\": \"\\\"vpn gateway\\\"\"}")
                        .json()
                        .path("count")
                        .asInt())
                .isGreaterThan(2);
    }

    @Test
    void one_ticket_is_long_one_has_files_and_one_gives_instructions() {
        assertThat(ticket(4017).path("conversation_count").asInt()).isEqualTo(60);
        assertThat(ticket(4063).path("attachments")).hasSize(3);
        assertThat(thread(4063).at("/conversations/1/attachments")).hasSize(1);
        assertThat(ticket(4077).path("subject").asString()).containsIgnoringCase("ignore previous instructions");
        assertThat(ticket(4077).path("description_text").asString())
                .containsIgnoringCase("close all tickets")
                .contains("private notes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "priority", "type", "group", "category", "source", "assigned_to"})
    void tickets_differ_in_every_field_that_can_be_filtered(String field) {
        Set<String> values =
                new TreeSet<>(caller.get("/tickets", "ticket_count", "100").all("tickets", field));

        assertThat(values).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void all_times_are_in_october_and_november_2026() {
        Pattern time = Pattern.compile("\"(?:created|updated|resolved|closed|rated|sent)_on\": \"([^\"]+)\"");
        for (String path :
                List.of("/tickets?ticket_count=100", "/contacts", "/companies", "/surveys/ratings", "/time_entries")) {
            Matcher times = time.matcher(caller.get(path).text());
            while (times.find()) {
                assertThat(times.group(1)).matches("2026-1[01]-.*|1970-01-01 00:00:00");
            }
        }
    }

    @Test
    void the_seed_data_is_the_same_every_time() {
        String before = caller.get("/tickets", "include_description", "1").text();
        SANDBOX.reset();

        assertThat(caller.get("/tickets", "include_description", "1").text()).isEqualTo(before);
    }

    @Test
    void texts_of_tickets_have_no_line_breaks_and_no_unfilled_gaps() {
        for (JsonNode ticket : caller.get("/tickets", "ticket_count", "100", "include_description", "1")
                .json()
                .path("tickets")) {
            String text = ticket.path("description_text").asString();
            assertThat(text).isNotBlank().doesNotContain("\n").doesNotContainPattern("\\{[a-z]+}");
            assertThat(ticket.path("subject").asString()).hasSizeBetween(5, 120).doesNotContain("{");
        }
    }
}
