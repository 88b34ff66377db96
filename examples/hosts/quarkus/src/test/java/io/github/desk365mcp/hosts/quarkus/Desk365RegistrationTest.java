package io.github.desk365mcp.hosts.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.hosts.TenCalls.Call;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class Desk365RegistrationTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable String session;
    private @Nullable String token = Startup.TOKEN;

    @Inject
    TenCalls ten;

    @TestHTTPResource("/mcp")
    @Nullable
    URI address;

    @Test
    void a_quarkus_server_makes_the_ten_calls() throws Exception {
        Features features = Features.of("Quarkus MCP Server");
        ten.startOver();
        initialize();

        List<JsonDocument> listed = result("tools/list", Map.of()).objects("tools", JsonDocument::new);
        assertThat(listed).hasSameSizeAs(ten.tools().definitions());
        ten.tools().definitions().forEach(sent -> {
            JsonDocument seen = listed.stream()
                    .filter(tool -> sent.name().equals(tool.text("name")))
                    .findFirst()
                    .orElseThrow();
            features.definition(sent, seen.toMap());
        });
        List<Map<String, Object>> results = new ArrayList<>();
        for (Call call : TenCalls.CALLS) {
            results.add(result("tools/call", params(call)).toMap());
        }
        features.results(ten.answers(), results).context(ten.audit());
        // A call with a null argument does not reach the tool.
        JsonDocument refused = Objects.requireNonNull(
                ask("tools/call", params(TenCalls.WITH_NULL)).document("error"));
        assertThat(refused.integer("code")).isEqualTo(-32603);
        features.cancelledByClient(cancelled()).progress(progress()).compare("quarkus");
    }

    @Test
    void a_caller_without_a_token_can_neither_list_nor_call_tools() throws Exception {
        ten.startOver();
        token = null;
        initialize();

        assertThat(result("tools/list", Map.of()).objects("tools", JsonDocument::new))
                .isEmpty();
        assertThat(ask("tools/call", params(TenCalls.CALLS.get(0))).has("error"))
                .isTrue();
    }

    @Test
    void a_call_has_the_session_of_its_connection() throws Exception {
        ten.startOver();
        initialize();
        result("tools/call", params(TenCalls.CALLS.get(0)));

        assertThat(Startup.SESSIONS).contains(Objects.requireNonNull(session));
    }

    private void initialize() throws Exception {
        Map<String, Object> client = Map.of("name", "a client", "version", "1");
        ask("initialize", Map.of("protocolVersion", "2025-11-25", "capabilities", Map.of(), "clientInfo", client));
        post("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}");
    }

    /** Returns the audit record of a call that the client cancels while it runs. */
    private AuditRecord cancelled() throws Exception {
        ten.hold();
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request(message("tools/call", params(TenCalls.HELD))), BodyHandlers.ofString());
        ten.awaitHeld();
        post("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": 1}}");
        AuditRecord heard = ten.audit();
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEmpty();
        return heard;
    }

    /** Returns the progress that an upload reports to a client that asked for it, in events before the result. */
    private List<Double> progress() throws Exception {
        Map<String, Object> params = new HashMap<>(params(TenCalls.UPLOAD));
        params.put("_meta", Map.of("progressToken", "upload-1"));
        List<Double> reported = new ArrayList<>();
        for (String line : post(message("tools/call", params)).body().lines().toList()) {
            JsonDocument event = line.startsWith("data:")
                    ? JsonDocument.parse(line.substring("data:".length())).document("params")
                    : null;
            if (event != null) {
                assertThat(event.text("progressToken")).isEqualTo("upload-1");
                reported.add(Objects.requireNonNull(event.number("progress")).doubleValue());
            }
        }
        assertThat(reported).isNotEmpty();
        return reported;
    }

    private static Map<String, Object> params(Call call) {
        return Map.of("name", call.tool(), "arguments", call.map());
    }

    private JsonDocument result(String method, Map<String, ?> params) throws Exception {
        return Objects.requireNonNull(ask(method, params).document("result"), method);
    }

    private JsonDocument ask(String method, Map<String, ?> params) throws Exception {
        HttpResponse<String> response = post(message(method, params));
        session = response.headers().firstValue("Mcp-Session-Id").orElse(session);
        return JsonDocument.parse(response.body());
    }

    private static String message(String method, Map<String, ?> params) {
        return new JsonDocument(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params)).toJson();
    }

    private HttpResponse<String> post(String message) throws Exception {
        return http.send(request(message), BodyHandlers.ofString());
    }

    private HttpRequest request(String message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Objects.requireNonNull(address))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(message));
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }
}
