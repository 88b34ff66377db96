package io.github.desk365mcp.hosts.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ResultForm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests responses of the services other than calls and a final answer. */
class OddAnswersTest {

    private static TenCalls ten;

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer service;

    @BeforeAll
    static void start() {
        ten = TenCalls.start();
    }

    @AfterAll
    static void stop() {
        ten.close();
    }

    @BeforeEach
    void serve() throws IOException {
        ten.startOver();
        ten.sandbox().forget();
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
    }

    @AfterEach
    void close() {
        service.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = answers.remove().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void no_call_is_made_if_anthropic_stops_within_a_call() {
        answers.add("""
                {"stop_reason": "max_tokens", "content": [{"type": "tool_use", "id": "t1",
                "name": "create_a_desk_365_ticket_note", "input": {"ticket_number": 4052, "body": "Half a"}}]}""");

        assertThatThrownBy(() -> anthropic(ten.tools()))
                .isInstanceOf(IOException.class)
                .hasMessage("The model did not finish its answer: max_tokens");
        assertThat(ten.sandbox().exchanges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"#4052\"", "[4052]", "4052"})
    void arguments_that_are_no_object_are_explained_to_the_model(String arguments) throws Exception {
        answers.add("""
                {"stop_reason": "tool_use", "content": [{"type": "tool_use", "id": "t1",
                "name": "get_single_desk_365_ticket_by_id", "input": %s}]}""".formatted(arguments));
        answers.add("{\"stop_reason\": \"end_turn\", \"content\": [{\"type\": \"text\", \"text\": \"Done.\"}]}");
        assertThat(anthropic(ten.tools())).isEqualTo("Done.");

        answers.add("""
                {"candidates": [{"finishReason": "STOP", "content": {"role": "model", "parts": [{"functionCall":
                {"name": "get_single_desk_365_ticket_by_id", "args": %s}}]}}]}""".formatted(arguments));
        answers.add("{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [{\"text\": \"Done.\"}]}}]}");
        assertThat(gemini()).isEqualTo("Done.");

        assertThat(requests.get(1)).contains("The arguments must be a JSON object");
        assertThat(requests.get(3)).contains("The arguments must be a JSON object");
    }

    @Test
    void a_question_that_gemini_blocks_is_reported_with_the_reason() {
        answers.add("{\"promptFeedback\": {\"blockReason\": \"SAFETY\"}}");

        assertThatThrownBy(this::gemini).isInstanceOf(IOException.class).hasMessage("The model gave no answer: SAFETY");
    }

    @Test
    void an_early_stop_of_gemini_is_reported_with_the_reason() {
        answers.add("""
                {"candidates": [{"finishReason": "MAX_TOKENS", "content": {"role": "model", "parts": [
                {"functionCall": {"name": "list_all_desk_365_ping", "args": {}}}]}}]}""");

        assertThatThrownBy(this::gemini)
                .isInstanceOf(IOException.class)
                .hasMessage("The model did not finish its answer: MAX_TOKENS");
        assertThat(ten.sandbox().exchanges()).isEmpty();
    }

    @Test
    void thoughts_of_gemini_are_not_part_of_the_answer() throws Exception {
        answers.add("""
                {"candidates": [{"finishReason": "STOP", "content": {"role": "model", "parts": [
                {"thought": true, "text": "The user wants"}, {"text": "Done."}]}}]}""");

        assertThat(gemini()).isEqualTo("Done.");
    }

    @Test
    void a_refusal_of_openai_is_returned() throws Exception {
        answers.add("""
                {"choices": [{"finish_reason": "stop", "message":
                {"role": "assistant", "content": null, "refusal": "I cannot help with that."}}]}""");
        assertThat(chat(ten.tools())).isEqualTo("I cannot help with that.");

        answers.add("""
                {"status": "completed", "output": [{"type": "message", "content": [
                {"type": "refusal", "refusal": "I cannot help with that."}]}]}""");
        assertThat(responses(ten.tools())).isEqualTo("I cannot help with that.");
    }

    @Test
    void an_early_stop_of_openai_is_reported_with_the_reason() {
        answers.add("{\"choices\": [{\"finish_reason\": \"length\", \"message\": {\"content\": \"There are\"}}]}");
        assertThatThrownBy(() -> chat(ten.tools()))
                .isInstanceOf(IOException.class)
                .hasMessage("The model did not finish its answer: length");

        answers.add("""
                {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"},
                "output": [{"type": "reasoning", "summary": []}]}""");
        assertThatThrownBy(() -> responses(ten.tools()))
                .isInstanceOf(IOException.class)
                .hasMessage("The model did not finish its answer: max_output_tokens");

        answers.add("{\"status\": \"failed\", \"error\": {\"code\": \"server_error\"}, \"output\": []}");
        assertThatThrownBy(() -> responses(ten.tools()))
                .isInstanceOf(IOException.class)
                .hasMessage("The model did not finish its answer: failed");
    }

    @Test
    void every_model_gets_the_answer_even_if_the_policy_turns_texts_off() throws Exception {
        BoundTools structured = ten.tools(policy -> policy.results(ResultForm.STRUCTURED_ONLY));
        String call =
                "\"name\": \"get_single_desk_365_ticket_by_id\", \"arguments\": \"{\\\"ticket_number\\\": 4052}\"";
        answers.add(
                "{\"choices\": [{\"message\": {\"tool_calls\": [{\"id\": \"c1\", \"function\": {" + call + "}}]}}]}");
        answers.add("{\"choices\": [{\"message\": {\"content\": \"Done.\"}}]}");
        chat(structured);
        answers.add("{\"output\": [{\"type\": \"function_call\", \"call_id\": \"c1\", " + call + "}]}");
        answers.add("{\"output\": []}");
        responses(structured);
        answers.add("""
                {"stop_reason": "tool_use", "content": [{"type": "tool_use", "id": "t1",
                "name": "get_single_desk_365_ticket_by_id", "input": {"ticket_number": 4052}}]}""");
        answers.add("{\"stop_reason\": \"end_turn\", \"content\": []}");
        anthropic(structured);

        for (int answered : new int[] {1, 3, 5}) {
            assertThat(requests.get(answered)).contains("{\\\"ticket_number\\\":4052,\\\"contact_email\\\"");
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort());
    }

    private String anthropic(BoundTools tools) throws IOException, InterruptedException {
        return new Anthropic(address(), "key", "m", tools).ask("Go on.", CallContext.none());
    }

    private String gemini() throws IOException, InterruptedException {
        return new Gemini(address(), "key", "m", ten.tools()).ask("Go on.", CallContext.none());
    }

    private String chat(BoundTools tools) throws IOException, InterruptedException {
        return new OpenAiChat(address(), "key", "m", tools).ask("Go on.", CallContext.none());
    }

    private String responses(BoundTools tools) throws IOException, InterruptedException {
        return new OpenAiResponses(address(), "key", "m", tools, Profile.OPENAI).ask("Go on.", CallContext.none());
    }
}
