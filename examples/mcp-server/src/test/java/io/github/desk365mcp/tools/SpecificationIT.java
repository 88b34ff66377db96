package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.server.OtherPrograms;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks definitions and results against the JSON Schemas of the MCP specification. Runs with {@code -Pothers}. */
@EnabledIfSystemProperty(named = "others", matches = "true")
@Timeout(600)
class SpecificationIT {

    @BeforeAll
    static void write() throws Exception {
        OtherPrograms.install();
        OtherPrograms.node("schemas.mjs", ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    void every_definition_and_every_result_conforms_to_the_revision(String revision) throws Exception {
        Schema tools = schema(revision, "Tool");
        Schema results = schema(revision, "CallToolResult");
        try (TestSandbox sandbox = TestSandbox.start()) {
            BoundTools bound = Desk365Tools.all()
                    .bind(Desk365Client.builder()
                            .baseUrl(sandbox.baseUrl())
                            .apiKey(sandbox.apiKey())
                            .build());
            for (Tool tool : Catalogue.tools()) {
                sandbox.reset();
                for (Map<String, Object> arguments : List.of(
                        ToolExamples.smallest(tool), ToolExamples.fullest(tool), Map.<String, Object>of("x", 1))) {
                    Map<String, Object> result =
                            bound.call(tool.name(), arguments).toMap();
                    if (revision.startsWith("2026")) {
                        // Hosts add this field to every result in this revision.
                        result.put("resultType", "complete");
                    }
                    check(results, tool.name(), Text.json(result));
                }
            }
            bound.definitions().forEach(definition -> check(tools, definition.name(), definition.toJson()));
            assertThat(tools.validate("{\"name\": 1}", InputFormat.JSON)).isNotEmpty();
            assertThat(results.validate("{}", InputFormat.JSON)).isNotEmpty();
        }
    }

    private static void check(Schema schema, String tool, String json) {
        assertThat(schema.validate(json, InputFormat.JSON))
                .as("%s: %s", tool, json)
                .isEmpty();
    }

    private static Schema schema(String revision, String name) throws Exception {
        Map<String, Object> specification =
                JsonDocument.parse(OtherPrograms.read(revision + ".json")).toMap();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        Text.json(Map.of("$defs", specification.get("$defs"), "$ref", "#/$defs/" + name)),
                        InputFormat.JSON);
    }
}
