package io.github.desk365mcp.hosts.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Naming;
import io.github.desk365mcp.tools.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientLimitsTest {

    @ParameterizedTest
    @EnumSource
    void every_client_accepts_the_whole_catalogue(Naming naming) {
        assertThat(ClientLimits.openAi(tools(naming, Profile.OPENAI))).isEmpty();
        assertThat(ClientLimits.openAiStrict(tools(naming, Profile.OPENAI_STRICT)))
                .isEmpty();
        assertThat(ClientLimits.anthropic(tools(naming, Profile.ANTHROPIC))).isEmpty();
        assertThat(ClientLimits.gemini(tools(naming, Profile.GEMINI))).isEmpty();
        assertThat(ClientLimits.cursor(tools(naming, Profile.MCP))).isEmpty();
        assertThat(ClientLimits.vsCode(tools(naming, Profile.MCP))).isEmpty();
        assertThat(ClientLimits.claude(tools(naming, Profile.MCP))).isEmpty();
    }

    private static List<Map<String, Object>> tools(Naming naming, Profile profile) {
        return Desk365Tools.all().named(naming).definitions().stream()
                .map(tool -> tool.toMap(profile))
                .toList();
    }

    @Test
    void an_invalid_tool_is_found() {
        Map<String, Object> list = Map.of("type", "array", "description", "A list without items.");
        Map<String, Object> schema = Map.of(
                "type", "object", "properties", Map.of("a[b]", list), "anyOf", List.of(), "required", List.of("c"));
        Map<String, Object> bad = new LinkedHashMap<>();
        bad.put("name", "a.dotted.name.that.is.much.longer.than.any.of.the.clients.would.ever.take");
        bad.put("description", "");
        bad.put("parameters", schema);
        bad.put("input_schema", schema);
        bad.put("inputSchema", Map.of("type", "strng", "properties", schema.get("properties")));
        List<Map<String, Object>> tools = List.of(bad);

        assertThat(ClientLimits.openAi(tools)).hasSize(5);
        assertThat(ClientLimits.openAiStrict(tools)).hasSize(7);
        assertThat(ClientLimits.anthropic(tools)).hasSize(5);
        assertThat(ClientLimits.gemini(tools)).hasSize(3);
        assertThat(ClientLimits.cursor(tools)).hasSize(1);
        assertThat(ClientLimits.vsCode(tools)).hasSize(5);
        assertThat(ClientLimits.claude(tools)).hasSize(5);
    }
}
