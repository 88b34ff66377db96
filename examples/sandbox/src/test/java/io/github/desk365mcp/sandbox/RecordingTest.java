package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private final Desk365Sandbox sandbox = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED));
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void an_exchange_has_all_of_the_request_except_the_key() {
        caller.post("/tickets/add_note", "{'body': 'ü'}", "ticket_number", "4088");

        Exchange exchange = sandbox.exchanges().get(0);

        assertThat(exchange.method()).isEqualTo("POST");
        assertThat(exchange.path()).isEqualTo("/apis/v3/tickets/add_note");
        assertThat(exchange.query()).containsEntry("ticket_number", List.of("4088"));
        assertThat(exchange.headers()).containsEntry("content-type", List.of("application/json"));
        assertThat(exchange.headers().toString()).doesNotContain("sandbox-key");
        assertThat(exchange.headers()).containsKey("authorization");
        assertThat(exchange.text()).isEqualTo("{\"body\": \"ü\"}");
        assertThat(exchange.parts()).isEmpty();
        assertThat(exchange.status()).isEqualTo(201);
    }

    @Test
    void violations_name_the_call_and_what_is_wrong_with_it() {
        caller.get("/tickets", "page", "2");
        caller.get("/tickets");

        assertThat(sandbox.violations())
                .singleElement()
                .asString()
                .startsWith("GET /apis/v3/tickets: ")
                .contains("page");
    }

    @Test
    void operations_asked_are_in_the_order_of_their_first_call() {
        caller.get("/agents");
        caller.get("/nowhere");
        caller.get("/ping");
        caller.get("/agents");

        assertThat(sandbox.operationsAsked()).containsExactly("listAgents", "ping");
    }

    @Test
    void a_request_is_printed_with_the_size_of_its_body() {
        caller.post("/companies/create", "{'name': 'New'}");
        assertThat(sandbox.exchanges().get(0).toString())
                .startsWith("Exchange[POST /apis/v3/companies/create, query={}")
                .contains("body=" + sandbox.exchanges().get(0).body().length + " bytes")
                .endsWith("status=200]")
                .doesNotContain("[B@", "sandbox-key");
        byte[] bytes = {1, 2};
        assertThat(new StoredFile(1, "a", "a/b", 2, bytes, "now").toString()).doesNotContain("[B@");
        assertThat(new Upload(new Part("f", null, null, 2, "x", null), bytes).toString())
                .doesNotContain("[B@");
        assertThat(Answer.of(200, "a/b", bytes).toString()).contains("2 bytes").doesNotContain("[B@");
    }

    @Test
    void forget_drops_the_requests_and_keeps_the_data_and_reset_does_the_opposite() {
        caller.post("/companies/create", "{'name': 'New'}");
        sandbox.forget();
        assertThat(sandbox.exchanges()).isEmpty();
        assertThat(caller.get("/companies/details", "name", "New").status()).isEqualTo(200);

        sandbox.reset();
        assertThat(sandbox.exchanges()).hasSize(1);
        assertThat(caller.get("/companies/details", "name", "New").status()).isEqualTo(404);
    }

    /** A call without parameters may be refused in many ways, but only an unknown path gives a plain 404. */
    @Test
    void every_operation_of_the_description_is_answered() {
        for (String path : List.of("/tickets", "/contacts", "/companies", "/time_entries", "/surveys", "/agents")) {
            caller.get(path);
        }
        for (String path : List.of("/tickets/search", "/tickets/details", "/tickets/conversations")) {
            caller.get(path);
        }
        for (String resource : List.of("contacts", "companies", "time_entries", "surveys", "contracts")) {
            caller.get("/" + resource + "/details");
        }
        caller.get("/ping");
        caller.get("/surveys/ratings");
        caller.get("/contracts");
        caller.get("/kb/article/");
        caller.get("/asset_mgmt/locations");
        caller.get("/asset_mgmt/locations/details");
        for (String name : List.of("create", "create_with_attachment", "add_reply", "add_reply_with_attachment")) {
            caller.post("/tickets/" + name, "{}");
        }
        for (String name : List.of("add_note", "add_note_with_attachment", "import_conversations")) {
            caller.post("/tickets/" + name, "{}");
        }
        for (String resource : List.of("contacts", "companies")) {
            caller.post("/" + resource + "/create_with_attachment", "{}");
        }
        for (String resource : List.of("contacts", "companies", "time_entries", "contracts", "asset_mgmt/locations")) {
            caller.post("/" + resource + "/create", "{}");
        }
        for (String resource : List.of("tickets", "contacts", "companies", "contracts", "asset_mgmt/locations")) {
            caller.put("/" + resource + "/update", "{}");
        }
        for (String resource : List.of("category", "folder", "article")) {
            caller.get("/kb/" + resource + "/details");
            caller.post("/kb/" + resource + "/create", "{}");
            caller.put("/kb/" + resource + "/update", "{}");
            caller.delete("/kb/" + resource + "/delete");
        }

        assertThat(sandbox.operationsAsked())
                .containsExactlyInAnyOrderElementsOf(Contract.load().operations())
                .hasSize(51);
        assertThat(sandbox.exchanges()).noneMatch(exchange -> exchange.status() == 404 || exchange.status() == 500);
    }

    @Test
    void an_incomplete_recording_throws_until_it_is_forgotten() {
        Recording recording = new Recording();
        Exchange exchange = new Exchange("GET", "/", Map.of(), Map.of(), new byte[0], List.of(), 200);
        for (int i = 0; i < 1_000; i++) {
            recording.add(exchange);
        }
        assertThat(recording.exchanges()).hasSize(1_000);

        recording.add(exchange);
        assertThatThrownBy(recording::exchanges)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("1 requests came after the 1000");

        recording.forget();
        assertThat(recording.exchanges()).isEmpty();
    }

    @Test
    void a_malformed_form_is_recorded_with_the_parts_before_the_error() {
        BodyPublisher cut = BodyPublishers.ofString("--" + Form.BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"ticket_object\"\r\n\r\n{}\r\n--" + Form.BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc");

        assertThat(caller.form("/tickets/create_with_attachment", cut).status()).isEqualTo(400);

        Exchange exchange = sandbox.exchanges().get(0);
        assertThat(exchange.path()).isEqualTo("/apis/v3/tickets/create_with_attachment");
        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.parts()).extracting(Part::name).containsExactly("ticket_object");
    }
}
