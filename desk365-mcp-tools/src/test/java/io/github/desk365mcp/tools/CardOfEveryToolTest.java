package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.mcp.McpApprovals;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each tool whose calls need a person waits on a card, and is carried out once after the person's decision there. */
class CardOfEveryToolTest {

    private static final McpSyncServerExchange CLIENT = new McpSyncServerExchange(new McpAsyncServerExchange(
            "one",
            null,
            ClientCapabilities.builder()
                    .extensions(Map.of(
                            "io.modelcontextprotocol/ui", Map.of("mimeTypes", List.of("text/html;profile=mcp-app"))))
                    .build(),
            null,
            McpTransportContext.EMPTY));

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
            .approvals(Approvals.defaults()
                    .customerMail(Approval.CONFIRM)
                    .publish(Approval.CONFIRM)
                    .deletes(Approval.CONFIRM))
            .duplicates(Duration.ZERO)
            .approvalCards());
    private final List<SyncToolSpecification> cards =
            McpTools.syncCards(tools, transport -> CallContext.none(), McpApprovals.elicitation(tools));

    static Stream<String> guarded() {
        return ApprovalTest.guarded();
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void nothing_leaves_before_the_click_and_one_write_after_it(String name) {
        CallToolResult asked = call(name, ApprovalTest.arguments(name));
        String id =
                String.valueOf(((Map<?, ?>) Objects.requireNonNull(asked.meta().get(MetaKeys.PENDING_CALL))).get("id"));

        assertThat(asked.content() + " " + asked.structuredContent()).doesNotContain(id);
        assertThat(sandbox.writes()).isEmpty();

        CallToolResult decided = call(McpTools.CARD_TOOL, Map.of("id", id, "approve", true));

        assertThat(decided.structuredContent()).isEqualTo(Map.of("state", "done"));
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(call(name, ApprovalTest.arguments(name)).isError()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    private CallToolResult call(String name, Map<String, Object> arguments) {
        return cards.stream()
                .filter(tool -> tool.tool().name().equals(name))
                .findFirst()
                .orElseThrow()
                .callHandler()
                .apply(
                        CLIENT,
                        CallToolRequest.builder(name).arguments(arguments).build());
    }
}
