package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the jar over HTTP, reachable under another host name. */
@Timeout(120)
class HttpIT {

    private static final String TOKEN = "a-long-and-random-token";
    private static final CallToolRequest GET_TICKET = CallToolRequest.builder("get_single_desk_365_ticket_by_id")
            .arguments(Map.of("ticket_number", 4052))
            .build();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @Test
    void at_any_address_of_this_machine_a_token_is_accepted_in_the_header_and_in_the_address() throws Exception {
        try (JarServer guarded =
                        JarServer.start(sandbox, "--host", "0.0.0.0", "--token-hash", CallerAuthenticator.hash(TOKEN));
                McpSyncClient byHeader = guarded.client("/mcp", TOKEN);
                McpSyncClient byAddress = guarded.client("/mcp/" + TOKEN, null);
                McpSyncClient byNeither = guarded.client("/mcp", null);
                McpSyncClient byAnother = guarded.client("/mcp/" + TOKEN + "x", null)) {
            assertThat(byHeader.callTool(GET_TICKET).isError()).isFalse();
            assertThat(byAddress.callTool(GET_TICKET).isError()).isFalse();
            assertThatThrownBy(byNeither::initialize).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(byAnother::initialize).isInstanceOf(RuntimeException.class);
            assertThat(guarded.written()).doesNotContain(TOKEN);
        }
    }
}
