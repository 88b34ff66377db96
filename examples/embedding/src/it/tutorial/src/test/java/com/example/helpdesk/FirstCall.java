package com.example.helpdesk;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.List;
import java.util.Map;

public final class FirstCall {

    private FirstCall() {}

    public static void main(String[] args) {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            ServerParameters server = ServerParameters.builder("java")
                    .args("-cp", System.getProperty("java.class.path"), "com.example.helpdesk.HelpdeskServer")
                    .addEnvVar("DESK365_BASE_URL", sandbox.baseUrl().toString())
                    .addEnvVar("DESK365_API_KEY", sandbox.apiKey())
                    .build();
            try (McpSyncClient client = McpClient.sync(
                            new StdioClientTransport(server, McpJsonDefaults.getMapper()))
                    .build()) {
                client.initialize();
                client.listTools().tools().forEach(tool -> System.out.println(tool.name()));

                CallToolRequest request = CallToolRequest.builder("get_ticket")
                        .arguments(Map.of("ticket_number", "#4052", "fields", List.of("subject", "status")))
                        .build();
                System.out.println(client.callTool(request).structuredContent());
            }
        }
    }
}
