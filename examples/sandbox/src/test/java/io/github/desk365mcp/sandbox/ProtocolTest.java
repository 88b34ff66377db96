package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProtocolTest {

    private static final Desk365Sandbox SANDBOX = Desk365Sandbox.start(options -> options.plan(Plan.PLUS));
    private final Caller caller = new Caller(SANDBOX);

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void the_base_url_is_on_loopback_and_ends_before_the_version() {
        assertThat(SANDBOX.baseUrl()).hasHost("127.0.0.1").hasPath("/apis").hasScheme("http");
        assertThat(SANDBOX.apiKey()).isEqualTo("sandbox-key");
    }

    @Test
    void ping_is_plain_text_labeled_as_json_and_is_not_counted() {
        Reply ping = new Caller(SANDBOX, "wrong").get("/ping");

        assertThat(ping.status()).isEqualTo(200);
        assertThat(ping.text()).isEqualTo("All good! Desk365 APIs are running fine");
        assertThat(ping.header("Content-Type")).isEqualTo("application/json");
        assertThat(ping.header("X-Rate-Limit-Remaining")).isEqualTo("absent");
    }

    @Test
    void a_counted_call_has_the_headers_of_the_live_service() {
        SANDBOX.reset();

        Reply reply = caller.get("/tickets");

        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(reply.header("X-Rate-Limit-Remaining")).isEqualTo("49");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-cache, no-store, max-age=0, must-revalidate");
    }

    @Test
    void json_is_printed_as_the_live_service_prints_it() {
        String text = caller.get("/tickets/details", "ticket_number", "1").text();

        assertThat(text).isEqualTo("""
                        {
                          "status": 404,
                          "error": "Not Found",
                          "message": "The resource you were trying to reach is not found"
                        }""");
        assertThat(caller.get("/tickets").text()).contains("\n      \"watchers\": [],\n");
    }

    @Test
    void a_wrong_or_missing_key_is_refused_with_401() {
        for (String key : new String[] {"", "wrong", "Basic sandbox-key"}) {
            Reply reply = new Caller(SANDBOX, key).get("/tickets");

            assertThat(reply.status()).as(key).isEqualTo(401);
            assertThat(reply.json().propertyNames()).containsExactly("status", "error", "message");
        }
    }

    @Test
    void the_key_may_be_bare_or_follow_the_word_bearer() {
        assertThat(new Caller(SANDBOX, "sandbox-key").get("/agents").status()).isEqualTo(200);
        assertThat(new Caller(SANDBOX, "Bearer sandbox-key").get("/agents").status())
                .isEqualTo(200);
    }

    @Test
    void an_unknown_path_is_404_and_a_known_path_with_another_method_405() {
        assertThat(caller.get("/groups").status()).isEqualTo(404);
        assertThat(caller.get("/kb/article").status()).isEqualTo(404);
        assertThat(caller.post("/tickets/update", "{}", "ticket_number", "4001").status())
                .isEqualTo(405);
    }

    @Test
    void a_missing_query_parameter_is_405_even_if_it_is_in_the_body() {
        Reply reply = caller.post("/tickets/add_note", "{'ticket_number': 4001, 'body': 'x'}");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.json().path("error").asString()).isEqualTo("Method Not Allowed");
    }

    @Test
    void a_request_line_of_more_than_8190_bytes_is_answered_with_414_in_html() {
        String base = "GET /apis/v3/tickets?filler= HTTP/1.1";
        int room = 8190 - base.length();

        assertThat(caller.get("/tickets", "filler", "x".repeat(room)).status()).isEqualTo(200);
        Reply tooLong = caller.get("/tickets", "filler", "x".repeat(room + 1));
        assertThat(tooLong.status()).isEqualTo(414);
        assertThat(tooLong.text()).startsWith("<!DOCTYPE HTML");
    }

    @Test
    void unknown_query_parameters_are_ignored() {
        assertThat(caller.get("/tickets", "status", "Closed", "page", "3").text())
                .isEqualTo(caller.get("/tickets").text());
    }

    @Test
    void unknown_body_fields_are_refused_by_name() {
        Reply reply = caller.put("/tickets/update", "{'assigned_to': 'x@desk.example'}", "ticket_number", "4001");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asString()).contains("assigned_to");
    }

    @Test
    void a_body_that_is_not_a_json_object_is_refused() {
        assertThat(caller.post("/contacts/create", "{not json").status()).isEqualTo(400);
        assertThat(caller.post("/contacts/create", "[]").status()).isEqualTo(400);
        assertThat(caller.post("/contacts/create", "").status()).isEqualTo(400);
    }
}
