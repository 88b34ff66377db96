package io.github.desk365mcp.hosts.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.host.Selection;

/** An assistant on a sandbox, with a script instead of a model, so that it needs no key. */
public final class Main {

    interface Assistant {
        String chat(String question);
    }

    private Main() {}

    /** Asks one question and prints the answer. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            Desk365Client desk = Desk365Client.builder()
                    .baseUrl(sandbox.baseUrl())
                    .apiKey(sandbox.apiKey())
                    .build();
            BoundTools tools = Desk365Tools.select(Selection.triage()).bind(desk);
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(new Script())
                    .toolProvider(new Desk365ToolProvider(tools))
                    .build();
            System.out.println(assistant.chat("What is urgent?"));
        }
    }

    /** Calls a tool, and then answers with its result. */
    private static final class Script implements ChatModel {

        @Override
        public ChatResponse doChat(ChatRequest request) {
            ChatMessage last = request.messages().get(request.messages().size() - 1);
            AiMessage next = last instanceof ToolExecutionResultMessage result
                    ? AiMessage.from(
                            "Of " + request.toolSpecifications().size() + " tools I called one: " + result.text())
                    : AiMessage.from(ToolExecutionRequest.builder()
                            .id("call_1")
                            .name("list_all_desk_365_tickets")
                            .arguments("{\"status\": [\"Open\"], \"priority\": [\"urgent\"], \"max_items\": 2}")
                            .build());
            return ChatResponse.builder().aiMessage(next).build();
        }
    }
}
