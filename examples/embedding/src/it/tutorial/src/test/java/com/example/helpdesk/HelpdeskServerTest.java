package com.example.helpdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.junit.Desk365SandboxExtension;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Desk365SandboxExtension.class)
class HelpdeskServerTest {

    @Test
    void a_reply_is_previewed_before_it_is_sent(Desk365Sandbox sandbox) {
        BoundTools tools = HelpdeskServer.tools(Desk365Client.builder()
                .baseUrl(sandbox.baseUrl())
                .apiKey(sandbox.apiKey())
                .build());

        ToolResult preview = tools.call("reply_to_ticket", Map.of("ticket_number", 4052, "body", "We are on it."));

        assertTrue(preview.text().contains("needs_approval"), preview.text());
        assertTrue(sandbox.exchanges().stream().allMatch(request -> request.method().equals("GET")));

        Object token = preview.structuredContent().get("approval_token");
        ToolResult sent = tools.call("reply_to_ticket", Map.of("ticket_number", 4052, "approval_token", token));

        assertEquals(List.of("nora.vance@northwind.example"), sent.structuredContent().get("emailed"));
    }
}
