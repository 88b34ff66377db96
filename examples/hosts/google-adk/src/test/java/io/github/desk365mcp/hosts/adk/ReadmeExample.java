package io.github.desk365mcp.hosts.adk;

import com.google.adk.agents.LlmAgent;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;

/** Compiles the Java of the README. */
final class ReadmeExample {

    private ReadmeExample() {}

    static LlmAgent agent(String apiKey) {
        // README
        BoundTools tools = Desk365Tools.select(Selection.triage()).bind(Desk365Client.connect("acme", apiKey));
        LlmAgent agent = LlmAgent.builder()
                .name("helpdesk")
                .model("gemini-flash-latest")
                .tools(new Desk365Toolset(tools, run -> CallContext.none().caller(run.userId())))
                .build();
        // README end
        return agent;
    }
}
