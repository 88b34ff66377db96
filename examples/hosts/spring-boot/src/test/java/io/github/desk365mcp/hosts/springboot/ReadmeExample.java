package io.github.desk365mcp.hosts.springboot;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import org.springframework.ai.tool.ToolCallback;

/** Compiles the Java of the README. */
final class ReadmeExample {

    private ReadmeExample() {}

    static ToolCallback[] callbacks(String apiKey) {
        // README
        BoundTools tools = Desk365Tools.select(Selection.triage()).bind(Desk365Client.connect("acme", apiKey));
        ToolCallback[] callbacks = new Desk365ToolCallbacks(tools, CallContext.none()).getToolCallbacks();
        // README end
        return callbacks;
    }
}
