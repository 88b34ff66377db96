package io.github.desk365mcp.hosts.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.hosts.Features;
import io.github.desk365mcp.hosts.TenCalls;
import io.github.desk365mcp.hosts.TenCalls.Call;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelApisTest {

    private interface Conversation {
        String ask(Vendor vendor, CallContext context) throws IOException, InterruptedException;
    }

    private interface Service {
        Vendor start(List<Call> script) throws IOException;
    }

    private static TenCalls ten;

    @BeforeAll
    static void start() {
        ten = TenCalls.start();
    }

    @AfterAll
    static void stop() {
        ten.close();
    }

    @BeforeEach
    void startOver() {
        ten.startOver();
    }

    @Test
    void openai_responses() throws Exception {
        tenCalls(
                        "OpenAI Responses",
                        Profile.OPENAI,
                        Vendors.OpenAiResponsesStub::new,
                        ModelApisTest::responses,
                        tool -> {
                            Map<String, Object> seen = new LinkedHashMap<>(tool);
                            seen.put("inputSchema", seen.remove("parameters"));
                            return seen;
                        })
                .compare("openai-responses");
    }

    private static String responses(Vendor vendor, CallContext context) throws IOException, InterruptedException {
        return new OpenAiResponses(vendor.address(), "key", "a-model", ten.tools(), Profile.OPENAI)
                .ask("Go on.", context);
    }

    @Test
    void openai_responses_with_strict_schemas_and_null_for_arguments_that_are_left_out() throws Exception {
        List<Call> script = TenCalls.CALLS.stream().map(ModelApisTest::strict).toList();
        try (Vendor vendor = new Vendors.OpenAiResponsesStub(script)) {
            new OpenAiResponses(vendor.address(), "key", "a-model", ten.tools(), Profile.OPENAI_STRICT)
                    .ask("Go on.", CallContext.none());

            assertThat(vendor.faults()).isEmpty();
            Features.of("OpenAI Responses, strict").results(ten.answers(), vendor.answers());
        }
    }

    private static Call strict(Call call) {
        Map<String, Object> schema =
                Features.plain(ten.definition(call).toMap(Profile.OPENAI_STRICT).get("parameters"));
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>(call.map());
        Map<String, Object> properties = Features.plain(schema.get("properties"));
        if (properties.keySet().containsAll(arguments.keySet())) {
            properties.keySet().forEach(name -> arguments.putIfAbsent(name, null));
        }
        return new Call(call.tool(), new JsonDocument(arguments).toJson());
    }

    @Test
    void openai_chat() throws Exception {
        Conversation chat = (vendor, context) ->
                new OpenAiChat(vendor.address(), "key", "a-model", ten.tools()).ask("Go on.", context);
        tenCalls("OpenAI Chat", Profile.OPENAI_CHAT, Vendors.OpenAiChatStub::new, chat, tool -> {
                    Map<String, Object> seen = new LinkedHashMap<>(Features.plain(tool.get("function")));
                    seen.put("inputSchema", seen.remove("parameters"));
                    return seen;
                })
                .compare("openai-chat");
    }

    @Test
    void anthropic() throws Exception {
        Conversation messages = (vendor, context) ->
                new Anthropic(vendor.address(), "key", "a-model", ten.tools()).ask("Go on.", context);
        tenCalls("Anthropic", Profile.ANTHROPIC, Vendors.AnthropicStub::new, messages, tool -> {
                    Map<String, Object> seen = new LinkedHashMap<>(tool);
                    seen.put("inputSchema", seen.remove("input_schema"));
                    return seen;
                })
                .compare("anthropic");
    }

    @Test
    void gemini() throws Exception {
        Conversation generate =
                (vendor, context) -> new Gemini(vendor.address(), "key", "a-model", ten.tools()).ask("Go on.", context);
        tenCalls("Gemini", Profile.GEMINI, Vendors.GeminiStub::new, generate, tool -> {
                    ToolDefinition sent = ten.definition(new Call(String.valueOf(tool.get("name")), "{}"));
                    assertThat(new JsonDocument(tool)).isEqualTo(new JsonDocument(sent.toMap(Profile.GEMINI)));
                    // Gemini's form of the schema has the same meaning.
                    Map<String, Object> seen = new LinkedHashMap<>(tool);
                    seen.put("inputSchema", sent.inputSchema());
                    return seen;
                })
                .compare("gemini");
    }

    @Test
    void an_unknown_tool_name_gives_an_error_result() throws Exception {
        List<Call> madeUp = List.of(new Call("close_everything", "{}"));
        try (Vendor responses = new Vendors.OpenAiResponsesStub(madeUp);
                Vendor chat = new Vendors.OpenAiChatStub(madeUp);
                Vendor anthropic = new Vendors.AnthropicStub(madeUp);
                Vendor gemini = new Vendors.GeminiStub(madeUp)) {
            responses(responses, CallContext.none());
            new OpenAiChat(chat.address(), "key", "m", ten.tools()).ask("Go on.", CallContext.none());
            new Anthropic(anthropic.address(), "key", "m", ten.tools()).ask("Go on.", CallContext.none());
            new Gemini(gemini.address(), "key", "a-model", ten.tools()).ask("Go on.", CallContext.none());

            for (Vendor vendor : List.of(responses, chat, anthropic, gemini)) {
                assertThat(vendor.answers().toString()).contains("There is no tool with this name.");
            }
        }
    }

    @Test
    void an_error_of_the_vendor_is_reported_without_the_key() throws Exception {
        try (Vendor vendor = new Vendors.AnthropicStub(List.of())) {
            Anthropic wrongKey = new Anthropic(vendor.address(), "sk-secret", "m", ten.tools());

            assertThatThrownBy(() -> wrongKey.ask("Go on.", CallContext.none()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Anthropic answered with status 400");
        }
    }

    private interface Sight {
        Map<String, Object> of(Map<String, Object> tool);
    }

    private static Features tenCalls(
            String host, Profile profile, Service service, Conversation conversation, Sight sight) throws Exception {
        Features features = Features.of(host);
        try (Vendor vendor = service.start(TenCalls.CALLS)) {
            String said = conversation.ask(vendor, CallContext.none());
            assertThat(vendor.faults()).isEmpty();
            assertThat(said).isEqualTo("Done.");

            List<Map<String, Object>> tools = new ArrayList<>();
            ((List<?>) Objects.requireNonNull(vendor.firstRequest().get("tools")))
                    .forEach(tool -> tools.add(Features.plain(tool)));
            assertThat(new JsonDocument(Map.of("tools", tools)))
                    .as("the text to paste is what the example sends")
                    .isEqualTo(JsonDocument.parse(Desk365Tools.all().toJson(profile)));
            List<?> declared = tools.get(0).get("functionDeclarations") instanceof List<?> inside ? inside : tools;
            List<ToolDefinition> definitions = ten.tools().definitions();
            assertThat(declared).hasSameSizeAs(definitions);
            for (int i = 0; i < declared.size(); i++) {
                features.definition(definitions.get(i), sight.of(Features.plain(declared.get(i))));
            }
            features.results(ten.answers(), vendor.answers());
        }
        ten.startOver();
        try (Vendor vendor = service.start(List.of(TenCalls.WITH_NULL))) {
            conversation.ask(vendor, CallContext.none().caller("ada").tenant("acme"));
            features.nullArguments(
                            ten.answerWithNull(), Vendors.text(vendor.answers().get(0)))
                    .context(ten.audit());
        }
        try (Vendor vendor = service.start(List.of(TenCalls.WITH_NULL))) {
            Cancellation cancelled = new Cancellation();
            cancelled.cancel();
            conversation.ask(vendor, CallContext.none().cancellation(cancelled));
            features.cancellation(ten.audit());
        }
        return features;
    }
}
