package io.github.desk365mcp.evaluation;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/** A connection to an MCP server. */
final class Endpoint implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final McpSyncClient client;

    private Endpoint(McpClientTransport transport) {
        this.client = McpClient.sync(transport)
                .requestTimeout(LONGEST)
                .initializationTimeout(LONGEST)
                .build();
        client.initialize();
    }

    /** Starts a server that serves standard input. */
    static Endpoint start(List<String> command, Map<String, String> environment) {
        ServerParameters server = ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .env(environment)
                .build();
        StdioClientTransport transport = new StdioClientTransport(server, McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(line -> {});
        return new Endpoint(transport);
    }

    /** Connects to a server that is running. */
    static Endpoint connect(URI url) {
        return new Endpoint(
                HttpClientStreamableHttpTransport.builder(url.resolve("/").toString())
                        .endpoint(url.getPath())
                        .build());
    }

    List<Tool> tools() {
        return client.listTools().tools();
    }

    /** Makes a call; an error of the server is an answer too, as hosts tell it to their model. */
    Model.Answer call(Model.Call call) {
        if (!call.arguments().isObject()) {
            return new Model.Answer(call, "The arguments are not a JSON object.", true);
        }
        try {
            CallToolResult result = client.callTool(CallToolRequest.builder(call.tool())
                    .arguments(
                            ModelApi.JSON.convertValue(call.arguments(), new TypeReference<Map<String, Object>>() {}))
                    .build());
            String text = result.content().stream()
                    .map(block -> block instanceof TextContent words ? words.text() : "[" + block.type() + "]")
                    .collect(Collectors.joining("\n"));
            return new Model.Answer(call, text, Boolean.TRUE.equals(result.isError()));
        } catch (RuntimeException e) {
            return new Model.Answer(call, String.valueOf(e.getMessage()), true);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
