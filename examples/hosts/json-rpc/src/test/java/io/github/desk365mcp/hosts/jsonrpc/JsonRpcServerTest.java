package io.github.desk365mcp.hosts.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.hosts.TenCalls.Call;
import io.github.desk365mcp.tools.host.CallContext;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRpcServerTest {

    private static final McpJsonMapper JSON = McpJsonDefaults.getMapper();

    private static TenCalls ten;

    @BeforeAll
    static void start() {
        ten = TenCalls.start();
    }

    @AfterAll
    static void stop() {
        ten.close();
    }

    @Test
    void the_official_client_sees_everything_from_a_server_without_a_library() throws Exception {
        ten.startOver();
        Features features = Features.of("JSON-RPC, no library");
        try (McpSyncClient client = McpClient.sync(process()).build()) {
            client.initialize();
            client.ping();
            List<Map<String, Object>> listed = new ArrayList<>();
            for (Object tool : client.listTools().tools()) {
                listed.add(plain(tool));
            }
            features.client(ten, listed, call -> plain(client.callTool(request(call))));
        }
        CallContext known = CallContext.none().caller("ada").tenant("acme");
        new JsonRpcServer(ten.tools(), known)
                .answer("{\"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"list_all_desk_365_ping\"}}");
        features.context(ten.audit()).compare("json-rpc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no JSON | -32700",
                "{\"id\": \"a\"} | -32601",
                "{\"id\": 7, \"method\": \"resources/list\"} | -32601",
                "{\"id\": 7, \"method\": \"tools/call\", \"params\": {\"name\": \"close_all\"}} | -32602",
                "{\"id\": 7, \"method\": \"tools/call\"} | -32602",
                "{\"id\": 7, \"method\": \"tools/call\", \"params\": \"x\"} | -32602",
                "{\"id\": 7, \"method\": \"tools/call\", \"params\": {\"name\": \"list_all_desk_365_ping\", \"arguments\": \"x\"}} | -32602",
            })
    void an_invalid_message_is_a_protocol_error(String message, int code) {
        String answer = new JsonRpcServer(ten.tools(), CallContext.none()).answer(message);

        assertThat(answer).contains("\"error\":{").contains("\"code\":" + code);
    }

    @Test
    void a_notification_gets_no_response_and_an_older_client_keeps_its_version() {
        JsonRpcServer server = new JsonRpcServer(ten.tools(), CallContext.none());

        assertThat(server.answer("{\"method\": \"notifications/initialized\"}")).isNull();
        assertThat(server.answer("{\"id\": 1, \"method\": \"initialize\", \"params\":"
                        + " {\"protocolVersion\": \"2025-06-18\"}}"))
                .contains("\"protocolVersion\":\"2025-06-18\"");
        assertThat(server.answer("{\"id\": 1, \"method\": \"initialize\"}"))
                .contains("\"protocolVersion\":\"2025-11-25\"");
    }

    private static StdioClientTransport process() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new StdioClientTransport(
                ServerParameters.builder(java.toString())
                        .args("-cp", System.getProperty("java.class.path"), JsonRpcServer.class.getName())
                        .addEnvVar("DESK365_BASE_URL", ten.sandbox().baseUrl().toString())
                        .addEnvVar("DESK365_API_KEY", ten.sandbox().apiKey())
                        .build(),
                JSON);
    }

    private static CallToolRequest request(Call call) {
        return CallToolRequest.builder(call.tool()).arguments(call.map()).build();
    }

    private static Map<String, Object> plain(Object value) throws IOException {
        return JsonDocument.parse(JSON.writeValueAsString(value)).toMap();
    }
}
