package io.github.desk365mcp.hosts.adk;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.ToolUnion;
import com.google.genai.types.Tool;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Naming;
import io.github.desk365mcp.tools.Profile;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the definitions with the official SDKs of Anthropic and Google, which this host depends on. */
class OfficialTypesTest {

    private static List<JsonDocument> tools(Naming naming, Profile profile) {
        return JsonDocument.parse(Desk365Tools.all().named(naming).toJson(profile))
                .objects("tools", JsonDocument::new);
    }

    @ParameterizedTest
    @EnumSource
    void anthropics_sdk_reads_every_tool_and_writes_the_same(Naming naming) throws Exception {
        List<JsonDocument> tools = tools(naming, Profile.ANTHROPIC);

        assertThat(tools).hasSameSizeAs(Desk365Tools.all().definitions());
        for (JsonDocument tool : tools) {
            ToolUnion read = ObjectMappers.jsonMapper()
                    .readValue(tool.toJson(), ToolUnion.class)
                    .validate();

            assertThat(read.asTool()._additionalProperties()).isEmpty();
            assertThat(JsonDocument.parse(ObjectMappers.jsonMapper().writeValueAsString(read)))
                    .isEqualTo(tool);
        }
    }

    @ParameterizedTest
    @EnumSource
    void googles_sdk_reads_the_declarations_and_writes_the_same(Naming naming) {
        List<JsonDocument> tools = tools(naming, Profile.GEMINI);

        assertThat(tools).hasSize(1);
        Tool read = Tool.fromJson(tools.get(0).toJson());
        assertThat(read.functionDeclarations().orElseThrow()).hasSameSizeAs(Desk365Tools.all().definitions());
        // The SDK writes types in upper case.
        assertThat(lowerCase(read.toJson())).isEqualTo(lowerCase(tools.get(0).toJson()));
    }

    private static JsonDocument lowerCase(String json) {
        return JsonDocument.parse(json.toLowerCase(Locale.ROOT));
    }
}
