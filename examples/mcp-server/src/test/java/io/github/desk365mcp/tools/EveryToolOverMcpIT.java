package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.server.JarServer;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls every tool through the official client and the server's jar. The client checks results against output schemas.
 */
@Timeout(120)
class EveryToolOverMcpIT {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static JarServer server;
    private static McpSyncClient client;

    @BeforeAll
    static void start() throws Exception {
        server = JarServer.startMeasured(sandbox, "--approval", "mail=allow,publish=allow,delete=allow");
        client = server.client(null);
        client.listTools();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
    }

    static Stream<Tool> tools() {
        return Catalogue.tools().stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void works_with_the_smallest_and_with_the_fullest_arguments(Tool tool) {
        for (Map<String, Object> arguments : List.of(ToolExamples.smallest(tool), ToolExamples.fullest(tool))) {
            sandbox.reset();
            CallToolResult result = client.callTool(
                    CallToolRequest.builder(tool.name()).arguments(arguments).build());

            assertThat(result.isError())
                    .as("%s %s: %s", tool.name(), arguments, result.content())
                    .isNotEqualTo(true);
            assertThat(result.structuredContent()).isNotNull();
            assertThat(sandbox.violations()).isEmpty();
        }
        assertThat(sandbox.exchanges()).isNotEmpty();
    }
}
