package io.github.desk365mcp.evaluation;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A model behind an HTTP API. Thread-safe. */
interface Model {

    /**
     * A call of a tool that the model wants.
     *
     * @param id by which the API matches the answer with the call
     * @param arguments an object, if the model wrote one
     */
    record Call(String id, String tool, JsonNode arguments) {}

    /** What a tool answered. */
    record Answer(Call call, String text, boolean isError) {}

    /**
     * What the model said.
     *
     * @param calls none if the text is the final answer
     * @param read tokens of the request, as the API counts them
     * @param written tokens of the response
     */
    record Turn(String text, List<Call> calls, long read, long written) {}

    /** A conversation about one task. */
    interface Conversation {

        /** Sends the task. */
        Turn ask(String task) throws IOException, InterruptedException;

        /** Sends what all calls of the last turn answered. */
        Turn answer(List<Answer> answers) throws IOException, InterruptedException;
    }

    /** {@return a conversation in which the model has these tools} */
    Conversation begin(List<Tool> tools);
}
