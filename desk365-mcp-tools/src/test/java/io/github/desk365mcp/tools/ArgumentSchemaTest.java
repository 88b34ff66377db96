package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Schemas;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import io.github.desk365mcp.tools.internal.text.Frozen;
import io.github.desk365mcp.tools.internal.text.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our check finds what a full validator of JSON Schema 2020-12 finds, in the same places. */
class ArgumentSchemaTest {

    private static final int ROUNDS = 200;

    private static final List<@Nullable Object> VALUES = Arrays.asList(
            null,
            true,
            "",
            "low",
            "2026-11-22T08:00:00Z",
            5,
            5L,
            5.0,
            5.5,
            new BigDecimal("123456789012345678901234567890"),
            List.of(),
            List.of("a", 1),
            List.of(Map.of()),
            List.of(Map.of("name", 7, "unknown", true)),
            List.of(List.of("a")),
            Map.of(),
            Map.of("name", "a", "x", List.of()));

    static Stream<Tool> tools() {
        return Catalogue.tools().stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void agrees_with_a_full_validator(Tool tool) {
        Map<String, Object> schema = Schemas.object(tool.params(), true);
        Schema full = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Text.json(schema), InputFormat.JSON);
        ArgumentSchema ours = new ArgumentSchema(schema);
        Random random = new Random(tool.name().hashCode());

        for (int i = 0; i < ROUNDS; i++) {
            Map<String, Object> arguments = Frozen.map(disturbed(ToolExamples.fullest(tool), random));
            assertThat(places(ours.problems(arguments)))
                    .as("%s", arguments)
                    .isEqualTo(full.validate(Text.json(arguments), InputFormat.JSON).stream()
                            .map(ArgumentSchemaTest::place)
                            .distinct()
                            .sorted()
                            .toList());
        }
    }

    @Test
    void a_keyword_that_is_not_checked_is_refused_when_the_schema_is_made() {
        assertThatThrownBy(() -> new ArgumentSchema(Map.of("properties", Map.of("a", Map.of("pattern", "x")))))
                .hasMessageContaining("pattern");
    }

    /** The fullest arguments with some of them replaced, removed, or joined by others, at any depth. */
    private static Map<String, @Nullable Object> disturbed(Map<?, ?> arguments, Random random) {
        Map<String, @Nullable Object> disturbed = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            int choice = random.nextInt(6);
            if (choice > 0) {
                disturbed.put(String.valueOf(name), choice == 1 ? any(random) : inside(value, random));
            }
        });
        if (random.nextInt(3) == 0) {
            disturbed.put("made_up", any(random));
        }
        return disturbed;
    }

    @Test
    void a_number_of_an_enum_is_known_in_each_of_its_forms() {
        ArgumentSchema schema = new ArgumentSchema(Map.of(
                "properties", Map.of("size", Map.of("type", "number", "enum", List.of(30, 50)))));

        for (Number given : List.of(30, 30L, 30.0, new BigDecimal("5E+1"))) {
            assertThat(schema.problems(Map.of("size", given))).isEmpty();
        }
        assertThat(schema.problems(Map.of("size", 40))).hasSize(1);
    }

    private static @Nullable Object inside(@Nullable Object value, Random random) {
        if (value instanceof Map<?, ?> object) {
            return disturbed(object, random);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(random.nextInt(4) == 0 ? any(random) : inside(item, random)));
            return items;
        }
        return value;
    }

    private static @Nullable Object any(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static List<String> places(List<ArgumentSchema.Problem> problems) {
        return problems.stream()
                .map(problem -> problem.kind() + " " + problem.argument() + " " + problem.inside())
                .distinct()
                .sorted()
                .toList();
    }

    private static String place(Error error) {
        String kind = switch (error.getKeyword()) {
            case "additionalProperties" -> "UNKNOWN";
            case "required" -> "MISSING";
            default -> "OTHER";
        };
        StringBuilder inside = new StringBuilder();
        for (int i = 1; i < error.getInstanceLocation().getNameCount(); i++) {
            Object element = error.getInstanceLocation().getElement(i);
            inside.append(element instanceof Number ? "[" + element + "]" : "." + element);
        }
        String property = error.getProperty();
        if (error.getInstanceLocation().getNameCount() == 0) {
            return kind + " " + property + " ";
        }
        return kind + " " + error.getInstanceLocation().getElement(0) + " "
                + (kind.equals("OTHER") ? inside : property);
    }
}
