package io.github.desk365mcp.hosts.models;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import java.net.URI;

/** Compiles the Java of the README. */
final class ReadmeExample {

    private ReadmeExample() {}

    static String answer(String apiKey, URI address, String openAiKey, String modelName) throws Exception {
        // README
        BoundTools tools = Desk365Tools.select(Selection.triage()).bind(Desk365Client.connect("acme", apiKey));
        OpenAiResponses model = new OpenAiResponses(address, openAiKey, modelName, tools, Profile.OPENAI);
        String answer = model.ask("What is urgent today?", CallContext.none().caller("ada"));
        // README end
        return answer;
    }
}
