package io.github.desk365mcp.hosts.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.Selection;

/** Compiles the Java of the README. */
final class ReadmeExample {

    private ReadmeExample() {}

    interface Assistant {

        String answer(String question);
    }

    static Assistant assistant(String apiKey, ChatModel model) {
        // README
        BoundTools tools = Desk365Tools.select(Selection.triage()).bind(Desk365Client.connect("acme", apiKey));
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(model)
                .toolProvider(new Desk365ToolProvider(tools))
                .build();
        // README end
        return assistant;
    }
}
