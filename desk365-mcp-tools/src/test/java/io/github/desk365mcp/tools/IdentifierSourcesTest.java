package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks from every identifier to the answers that supply it, and back with what is found there. */
class IdentifierSourcesTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final BoundTools tools = sandbox.bound(Unguarded.policy());

    static Stream<Arguments> sources() {
        return Catalogue.tools().stream()
                .flatMap(tool -> tool.identifiers().stream()
                        .flatMap(param -> param.sources().stream()
                                .map(source -> Arguments.of(tool.name(), param.name(), source))));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void what_is_found_there_works_here(String name, String identifier, Param.Source source) {
        Tool tool = Catalogue.get(name);
        Param<?> param = Objects.requireNonNull(tool.param(identifier));
        ToolResult supplied = tools.call(source.tool(), fullest(source.tool()));
        List<Map<String, Object>> rows = rows(Expect.answer(supplied), source.path()).stream()
                .filter(candidate -> value(candidate, source.path()) != null)
                .toList();
        assertThat(rows).as("rows with %s", source).isNotEmpty();
        boolean filters = tool.verb() == Tool.Verb.LISTS && !param.isRequired();

        int found = 0;
        for (Map<String, Object> row : rows) {
            ToolResult result = tools.call(name, arguments(tool, identifier, source, row));

            assertThat(result.isError()).as(result.text()).isFalse();
            assertThat(result.meta()).doesNotContainKey(MetaKeys.REPAIRS);
            found = filters ? returned(result) : 1;
            if (found > 0) {
                break;
            }
        }

        // A filter takes any value without a word: only what it finds tells whether the values are the right ones.
        assertThat(found).as("records that %s finds", identifier).isPositive();
        if (filters) {
            ToolResult none = tools.call(name, Map.of(identifier, as(param, "nobody@nowhere.example")));
            assertThat(none.isError() || returned(none) == 0)
                    .as("%s filters", identifier)
                    .isTrue();
        }
    }

    private static int returned(ToolResult result) {
        return ((Number) Objects.requireNonNull(Expect.answer(result).get("returned"))).intValue();
    }

    /** As much as it lists, unfiltered. */
    private static Map<String, Object> fullest(String name) {
        Tool tool = Catalogue.get(name);
        Map<String, Object> arguments = new LinkedHashMap<>(ToolExamples.smallest(tool));
        if (tool.param("ticket_count") != null) {
            arguments.put("ticket_count", 100);
        }
        return arguments;
    }

    /** The smallest call, with all that the one record tells: names in names must come from one place. */
    private static Map<String, Object> arguments(
            Tool tool, String identifier, Param.Source from, Map<String, Object> row) {
        Map<String, Object> smallest = ToolExamples.smallest(tool);
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Param<?> param : tool.params()) {
            // What is no identifier is used beside the one that the tool needs.
            if (param.isRequired() || !from.isTold() && smallest.containsKey(param.name())) {
                arguments.put(param.name(), smallest.get(param.name()));
            }
            boolean belongs = param.isRequired()
                    || param.name().equals(identifier)
                    || identifier.equals("subcategory") && param.name().equals("category");
            for (Param.Source source : param.sources()) {
                Object value = source.tool().equals(from.tool()) ? value(row, source.path()) : null;
                if (value != null && belongs) {
                    arguments.put(param.name(), as(param, value));
                }
            }
        }
        ToolExamples.change(tool)
                .ifPresent(param -> arguments.computeIfAbsent(param.name(), name -> ToolExamples.value(param)));
        return arguments;
    }

    private static Object as(Param<?> param, Object value) {
        boolean takesList = "array".equals(param.type().schema().get("type"));
        return takesList && !(value instanceof List) ? List.of(value) : value;
    }

    private static List<Map<String, Object>> rows(Map<String, Object> answer, String path) {
        int list = path.indexOf("[].");
        List<Map<String, Object>> rows = new ArrayList<>();
        if (list < 0) {
            rows.add(answer);
        } else {
            Expect.list(answer.get(path.substring(0, list))).forEach(row -> rows.add(Expect.map(row)));
        }
        return rows;
    }

    private static @Nullable Object value(Map<String, Object> row, String path) {
        String field = path.replaceFirst("^.*\\[\\]\\.", "");
        if (!field.endsWith("[]")) {
            return row.get(field);
        }
        Object values = row.get(field.substring(0, field.length() - 2));
        return values instanceof List<?> list && !list.isEmpty() ? list.get(0) : null;
    }
}
