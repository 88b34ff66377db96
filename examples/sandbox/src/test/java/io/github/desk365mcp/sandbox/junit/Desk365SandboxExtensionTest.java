package io.github.desk365mcp.sandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test gets a sandbox of its own. */
@ExtendWith(Desk365SandboxExtension.class)
class Desk365SandboxExtensionTest {

    private URI before = URI.create("none:0");

    @BeforeEach
    void remember(Desk365Sandbox sandbox) {
        before = sandbox.baseUrl();
    }

    @Test
    void it_is_the_one_of_the_test_and_answers(Desk365Sandbox sandbox) throws Exception {
        isFresh(sandbox);
    }

    @Test
    void another_test_has_another_one(Desk365Sandbox sandbox) throws Exception {
        isFresh(sandbox);
    }

    private void isFresh(Desk365Sandbox sandbox) throws Exception {
        assertThat(sandbox.baseUrl()).isEqualTo(before);
        assertThat(sandbox.exchanges()).isEmpty();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(sandbox.baseUrl() + "/v3/tickets/details?ticket_number=4052"))
                .header("Authorization", sandbox.apiKey())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.exchanges()).hasSize(1);
    }
}
