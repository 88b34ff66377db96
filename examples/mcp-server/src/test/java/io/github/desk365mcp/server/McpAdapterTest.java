package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class McpAdapterTest {

    @SuppressWarnings("NullAway")
    private static final McpSyncServerExchange NO_EXCHANGE = null;

    @Test
    void a_fault_is_an_error_result_without_its_details() {
        BoundTools tools = Desk365Tools.all()
                .bind(Desk365Client.builder()
                        .subdomain("acme")
                        .apiKey("key")
                        .httpClient(http -> {
                            throw new IllegalStateException("s3cret");
                        })
                        .build());

        CallToolResult result = call(tools, "get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4052));

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("This server has a fault").doesNotContain("s3cret", "Exception");
    }

    @Test
    void a_call_without_arguments_is_a_call() {
        BoundTools tools = Desk365Tools.all().bind(Desk365Client.connect("acme", "key"));

        CallToolResult result = call(tools, "get_single_desk_365_ticket_by_id", null);

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).startsWith("Nothing was done. ticket_number is missing");
        assertThat(result.structuredContent()).isNull();
        assertThat(result.meta()).containsKey("io.github.desk365mcp/error");
    }

    private static CallToolResult call(BoundTools tools, String name, @Nullable Map<String, Object> arguments) {
        SyncToolSpecification specification = McpAdapter.tools(tools).stream()
                .filter(tool -> tool.tool().name().equals(name))
                .findFirst()
                .orElseThrow();
        return specification
                .callHandler()
                .apply(
                        NO_EXCHANGE,
                        CallToolRequest.builder(name).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }
}
