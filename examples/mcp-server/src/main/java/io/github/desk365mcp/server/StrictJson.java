package io.github.desk365mcp.server;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Reads messages in which no object has a name twice, because which of the two values is meant cannot be known. */
final class StrictJson {

    static final McpJsonMapper MAPPER = new JacksonMcpJsonMapper(JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build());

    private StrictJson() {}

    /** Reads and writes messages as a client's first ones, so that the classes for them are loaded. */
    static void prepare() {
        Map<String, Object> client = Map.of("name", "none", "version", "0");
        MAPPER.convertValue(
                Map.of("protocolVersion", "0", "capabilities", Map.of(), "clientInfo", client),
                InitializeRequest.class);
        MAPPER.convertValue(Map.of("name", "none", "arguments", Map.of()), CallToolRequest.class);
        Tool tool = Tool.builder("none", Map.of("type", "object"))
                .annotations(ToolAnnotations.builder().build())
                .build();
        InitializeResult begun = InitializeResult.builder(
                        "0",
                        ServerCapabilities.builder().tools(false).build(),
                        Implementation.builder("none", "0").build())
                .build();
        try {
            MAPPER.writeValueAsBytes(JSONRPCResponse.result(0, begun));
            MAPPER.writeValueAsBytes(ListToolsResult.builder(List.of(tool)).build());
            MAPPER.writeValueAsBytes(CallToolResult.builder().addTextContent("").build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a message could not be read because a name occurs twice. */
    static boolean isDuplicate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).startsWith("Duplicate ")) {
                return true;
            }
        }
        return false;
    }
}
