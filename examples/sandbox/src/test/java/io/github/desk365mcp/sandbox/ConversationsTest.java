package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class ConversationsTest {

    private static final ManualClock CLOCK = new ManualClock();
    private static final Desk365Sandbox SANDBOX =
            Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED).clock(CLOCK));

    @RegisterExtension
    static final SandboxLifecycle LIFECYCLE = new SandboxLifecycle(SANDBOX);

    private final Caller caller = new Caller(SANDBOX);

    private JsonNode conversations(String... query) {
        return caller.get("/tickets/conversations", query).json();
    }

    @Test
    void all_messages_are_returned_at_once_the_earliest_first() {
        JsonNode all = conversations("ticket_number", "4017");

        assertThat(all.path("count").asInt()).isEqualTo(60);
        assertThat(all.path("conversations")).hasSize(60);
        assertThat(all.at("/conversations/0/created_on").asString())
                .isLessThan(all.at("/conversations/59/created_on").asString());
        assertThat(conversations("ticket_number", "4017", "sort_by", "latest_on_top")
                        .at("/conversations/0"))
                .isEqualTo(all.at("/conversations/59"));
    }

    @Test
    void a_flag_leaves_a_kind_of_message_out() {
        JsonNode some = conversations("ticket_number", "4017", "include_private_notes", "0");

        assertThat(some.path("private_note_count").asInt()).isZero();
        assertThat(some.path("agent_reply_count").asInt()).isEqualTo(20);
        assertThat(some.path("contact_reply_count").asInt()).isEqualTo(20);
        assertThat(some.path("conversations")).hasSize(40);
    }

    @Test
    void a_reply_goes_to_the_contact_and_is_dated_by_the_clock() {
        JsonNode answer = caller.post(
                        "/tickets/add_reply",
                        "{'body': '<div>Hi</div>', 'cc_emails': 'a@b.example', 'agent_email': 'emre.celik@desk.example',"
                                + " 'include_prev_ccs': 1, 'include_prev_messages': 0}",
                        "ticket_number",
                        "4101")
                .json();
        JsonNode last = conversations("ticket_number", "4101", "sort_by", "latest_on_top")
                .at("/conversations/0");

        assertThat(answer.path("from_email").asString()).isEqualTo("support@desk.example");
        assertThat(answer.path("to_email").asString()).isEqualTo("daan.devries@wingtip-logistics.example");
        assertThat(last.path("creator_name").asString()).isEqualTo("Emre Çelik");
        assertThat(last.path("cc_address").asString()).isEqualTo("a@b.example");
        assertThat(last.path("body_text").asString()).isEqualTo("Hi");
        assertThat(last.path("created_on").asString()).isEqualTo("2026-11-23 09:00:00");
    }

    @Test
    void the_first_reply_is_the_first_response() {
        JsonNode before =
                caller.get("/tickets/details", "ticket_number", "4088").json();
        caller.post("/tickets/add_reply", "{'body': 'x'}", "ticket_number", "4088");
        JsonNode after = caller.get("/tickets/details", "ticket_number", "4088").json();

        assertThat(before.path("first_response_time").isNull()).isTrue();
        assertThat(after.path("first_response_time").asString()).isEqualTo("2026-11-23 09:00:00");
        assertThat(after.path("first_replied_duration").asInt()).isPositive();
        assertThat(after.path("conversation_count").asInt()).isEqualTo(1);
        assertThat(after.path("updated_on").asString()).isEqualTo("2026-11-23 09:00:00");
    }

    @Test
    void a_note_is_private_by_default_and_only_a_public_one_has_a_recipient() {
        JsonNode hidden = caller.post("/tickets/add_note", "{'body': 'x'}", "ticket_number", "4052")
                .json();
        JsonNode shown = caller.post(
                        "/tickets/add_note",
                        "{'body': 'x', 'private_note': 0, 'notify_emails': 'tom.becker@desk.example'}",
                        "ticket_number",
                        "4052")
                .json();

        assertThat(hidden.path("private_note").asInt()).isEqualTo(1);
        assertThat(hidden.path("to_email").isNull()).isTrue();
        assertThat(shown.path("private_note").asInt()).isZero();
        assertThat(shown.path("to_email").asString()).isEqualTo("nora.vance@northwind.example");
        JsonNode all = conversations("ticket_number", "4052");
        assertThat(all.path("private_note_count").asInt()).isEqualTo(2);
        assertThat(all.path("public_note_count").asInt()).isEqualTo(2);
        assertThat(all.at("/conversations/5/notified_agents").asString()).isEqualTo("tom.becker@desk.example");
    }

    @Test
    void a_message_needs_a_text_and_a_ticket() {
        assertThat(caller.post("/tickets/add_reply", "{}", "ticket_number", "4052")
                        .status())
                .isEqualTo(400);
        assertThat(caller.post("/tickets/add_note", "{'body': ' '}", "ticket_number", "4052")
                        .status())
                .isEqualTo(400);
        assertThat(caller.post("/tickets/add_note", "{'body': 'x'}", "ticket_number", "1")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void imported_messages_keep_their_author_and_time() {
        Reply reply = caller.post(
                "/tickets/import_conversations",
                "{'conversations': [{'type': 'reply', 'sender_type': 'contact', 'body': 'old', 'created_on':"
                        + " '2026-10-02 10:00:00', 'created_by': 'a@b.example'}, {'type': 'note', 'public_note': true,"
                        + " 'body': 'new', 'attachment_public_urls': 'https://files.example/a.png'},"
                        + " {'type': 'forward', 'body': 'fwd'}]}",
                "ticket_number",
                "4088");
        JsonNode all = conversations("ticket_number", "4088");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(all.path("contact_reply_count").asInt()).isEqualTo(1);
        assertThat(all.path("public_note_count").asInt()).isEqualTo(1);
        assertThat(all.path("forward_message_count").asInt()).isEqualTo(1);
        assertThat(all.at("/conversations/0/created_on").asString()).isEqualTo("2026-10-02 10:00:00");
        assertThat(all.at("/conversations/0/created_by").asString()).isEqualTo("a@b.example");
    }

    @Test
    void one_invalid_message_refuses_the_whole_import() {
        Reply reply = caller.post(
                "/tickets/import_conversations",
                "{'conversations': [{'type': 'note', 'body': 'x'}, {'type': 'song', 'body': 'x'}]}",
                "ticket_number",
                "4088");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(conversations("ticket_number", "4088").path("count").asInt()).isZero();
    }
}
