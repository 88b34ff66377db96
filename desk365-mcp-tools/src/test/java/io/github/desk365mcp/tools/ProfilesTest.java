package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProfilesTest {

    static List<ToolDefinition> definitions() {
        return Desk365Tools.all().definitions();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void strict_openai_requires_everything_and_leaves_nothing_open(ToolDefinition tool) {
        Map<String, Object> definition = tool.toMap(Profile.OPENAI_STRICT);

        assertThat(definition).containsEntry("type", "function").containsEntry("strict", true);
        schemas(definition.get("parameters"), schema -> {
            if (isOf(schema, "object")) {
                Map<String, Object> properties = Expect.map(schema.get("properties"));
                assertThat(schema.get("additionalProperties")).isEqualTo(false);
                assertThat(schema.get("required")).isEqualTo(List.copyOf(properties.keySet()));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void strict_openai_takes_null_for_what_is_optional(ToolDefinition tool) {
        Map<String, Object> strict =
                Expect.map(tool.toMap(Profile.OPENAI_STRICT).get("parameters"));
        Map<String, Object> properties = Expect.map(strict.get("properties"));
        Object required = tool.inputSchema().getOrDefault("required", List.of());

        properties.forEach((name, property) -> assertThat(Expect.map(property).get("type") instanceof List)
                .as("%s may be null", name)
                .isNotEqualTo(((List<?>) required).contains(name)));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void gemini_gets_only_what_it_knows(ToolDefinition tool) {
        Map<String, Object> definition = tool.toMap(Profile.GEMINI);
        assertThat(definition.containsKey("parameters"))
                .as("parameters only where there are some")
                .isNotEqualTo(Map.of().equals(tool.inputSchema().get("properties")));
        schemas(definition.getOrDefault("parameters", Map.of("type", "object")), schema -> {
            assertThat(schema.keySet())
                    .allMatch(Set.of("type", "properties", "required", "items", "enum", "description")::contains);
            assertThat(schema.get("type")).isInstanceOf(String.class);
        });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void anthropic_and_plain_openai_get_the_schema_as_it_is(ToolDefinition tool) {
        assertThat(tool.toMap(Profile.ANTHROPIC))
                .containsOnlyKeys("name", "description", "input_schema")
                .containsEntry("input_schema", tool.inputSchema());
        assertThat(tool.toMap(Profile.OPENAI))
                .containsEntry("parameters", tool.inputSchema())
                .containsEntry("strict", false);
    }

    @ParameterizedTest
    @CsvSource({"OPENAI_CHAT, OPENAI", "OPENAI_CHAT_STRICT, OPENAI_STRICT"})
    void openai_chat_has_the_function_in_an_object_of_its_own(Profile chat, Profile responses) {
        for (ToolDefinition tool : definitions()) {
            Map<String, Object> function = Expect.map(tool.toMap(chat).get("function"));

            assertThat(tool.toMap(chat)).containsOnlyKeys("type", "function").containsEntry("type", "function");
            assertThat(function).containsOnlyKeys("name", "description", "parameters", "strict");
            assertThat(tool.toMap(responses)).containsAllEntriesOf(function).hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_text_to_paste_has_all_definitions_where_a_request_has_its_tools(Profile profile) {
        List<?> declared = definitions().stream()
                .map(tool -> JsonDocument.parse(tool.toJson(profile)).toMap())
                .toList();

        JsonDocument pasted = JsonDocument.parse(Desk365Tools.all().toJson(profile));

        assertThat(pasted.toMap()).containsOnlyKeys("tools");
        assertThat(pasted.get("tools"))
                .isEqualTo(profile == Profile.GEMINI ? List.of(Map.of("functionDeclarations", declared)) : declared);
    }

    private static boolean isOf(Map<?, ?> schema, String type) {
        Object types = schema.get("type");
        return type.equals(types) || types instanceof List<?> list && list.contains(type);
    }

    private static void schemas(@Nullable Object schema, Consumer<Map<String, Object>> check) {
        Map<String, Object> map = Expect.map(schema);
        check.accept(map);
        if (map.get("properties") instanceof Map<?, ?> properties) {
            properties.values().forEach(property -> schemas(property, check));
        }
        if (map.get("items") != null) {
            schemas(map.get("items"), check);
        }
    }
}
