package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Compares responses with the shape of recorded ones: the same keys in the same order, at every depth. */
class LiveShapesTest {

    private static final Desk365Sandbox SANDBOX = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED));
    private final Caller caller = new Caller(SANDBOX);

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void list_of_tickets() throws IOException {
        assertThat(shape(caller.get("/tickets"))).isEqualTo(live("GET-tickets.200.json"));
    }

    @Test
    void details_of_a_ticket() throws IOException {
        assertThat(shape(caller.get("/tickets/details", "ticket_number", "4052")))
                .isEqualTo(live("GET-tickets-details.200.json"));
    }

    @Test
    void unknown_ticket() throws IOException {
        assertThat(caller.get("/tickets/details", "ticket_number", "1").json())
                .isEqualTo(read("GET-tickets-details.404.json"));
    }

    @Test
    void update_of_a_ticket() throws IOException {
        assertThat(shape(caller.put("/tickets/update", "{'priority': 1}", "ticket_number", "4052")))
                .isEqualTo(live("PUT-tickets-update.200.json"));
    }

    @Test
    void creation_of_a_ticket() throws IOException {
        Reply reply = caller.post(
                "/tickets/create",
                "{'email': 'nora.vance@northwind.example', 'subject': 's', 'description': 'd', 'status': 'open'}");

        assertThat(shape(reply)).isEqualTo(live("GET-tickets-details.200.json"));
    }

    @Test
    void conversations() throws IOException {
        assertThat(shape(caller.get("/tickets/conversations", "ticket_number", "4052")))
                .isEqualTo(live("GET-tickets-conversations.200.json"));
    }

    @Test
    void reply() throws IOException {
        Reply reply = caller.post("/tickets/add_reply", "{'body': 'x'}", "ticket_number", "4052");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(shape(reply)).isEqualTo(live("POST-tickets-add_reply.201.json"));
    }

    @Test
    void note() throws IOException {
        Reply reply = caller.post("/tickets/add_note", "{'body': 'x'}", "ticket_number", "4052");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(shape(reply)).isEqualTo(live("POST-tickets-add_note.201.json"));
    }

    @Test
    void list_of_companies() throws IOException {
        assertThat(shape(caller.get("/companies"))).isEqualTo(live("GET-companies.200.json"));
    }

    @Test
    void details_of_a_company() throws IOException {
        assertThat(shape(caller.get("/companies/details", "name", "Northwind")))
                .isEqualTo(live("GET-companies-details.200.json"));
    }

    @Test
    void ping() throws IOException {
        try (InputStream in = open("GET-ping.200.txt")) {
            String live = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(caller.get("/ping").text()).isEqualTo(live);
        }
    }

    private static List<String> live(String file) throws IOException {
        return shape("", read(file));
    }

    private static JsonNode read(String file) throws IOException {
        try (InputStream in = open(file)) {
            return Json.MAPPER.readTree(in);
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(LiveShapesTest.class.getResourceAsStream("/live-shapes/" + file), file);
    }

    private static List<String> shape(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isLessThan(300);
        return shape("", reply.json());
    }

    /** Lists the paths of all keys in their order. Of an array, only the first item is used. */
    private static List<String> shape(String at, JsonNode json) {
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String path = at + "/" + field.getKey();
            paths.add(path);
            // Custom fields differ from account to account.
            if (!field.getKey().equals("custom_fields")) {
                JsonNode value = field.getValue();
                paths.addAll(shape(path, value.isArray() ? value.path(0) : value));
            }
        }
        return paths;
    }
}
