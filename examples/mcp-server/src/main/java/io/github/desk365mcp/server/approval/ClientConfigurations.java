package io.github.desk365mcp.server.approval;

import io.github.desk365mcp.tools.host.ToolGrant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What to enter in MCP clients for a server on demand, with the facts of the guide on clients. */
final class ClientConfigurations {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int LONGEST = 30;

    private ClientConfigurations() {}

    /** Returns the text to copy for each client. */
    static Map<String, String> of(ToolGrant server, String address) {
        String name = name(server);
        Map<String, String> headers = server.requiresCaller() ? Map.of("Authorization", "Bearer YOUR_TOKEN") : Map.of();
        Map<String, Object> cursor = new LinkedHashMap<>();
        cursor.put("url", address);
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("type", "http");
        typed.put("url", address);
        if (!headers.isEmpty()) {
            cursor.put("headers", headers);
            typed.put("headers", headers);
        }
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "Claude Code, in a terminal",
                "claude mcp add --transport http " + name + " " + address
                        + (headers.isEmpty() ? "" : " --header \"Authorization: Bearer YOUR_TOKEN\""));
        if (headers.isEmpty()) {
            all.put("Claude, ChatGPT and others that ask for an address, as a custom connector", address);
        }
        all.put("Cursor, in .cursor/mcp.json", json("mcpServers", name, cursor));
        all.put("VS Code, in .vscode/mcp.json", json("servers", name, typed));
        all.put("Most other clients", json("mcpServers", name, typed));
        return all;
    }

    private static String json(String key, String name, Map<String, Object> server) {
        return JSON.writeValueAsString(Map.of(key, Map.of(name, server))).replace("\" : ", "\": ");
    }

    /** Returns a name that all clients accept, of letters, digits and hyphens. */
    private static String name(ToolGrant server) {
        String name = server.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String brief = name.substring(0, Math.min(LONGEST, name.length())).replaceAll("-+$", "");
        return brief.isEmpty() ? "desk365" : "desk365-" + brief;
    }
}
