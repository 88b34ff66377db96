package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Uploader;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What rows of the catalogue say of each other, for the stages that go by it. */
class ToolRowsTest {

    static Stream<Tool> updates() {
        return Catalogue.tools().stream().filter(tool -> tool.verb() == Tool.Verb.UPDATES && tool.one() == null);
    }

    static Stream<Tool> ofMany() {
        return Catalogue.tools().stream().filter(tool -> tool.one() != null);
    }

    static Stream<Tool> creates() {
        return Catalogue.tools().stream().filter(tool -> tool.verb() == Tool.Verb.CREATES);
    }

    @ParameterizedTest
    @MethodSource("updates")
    void what_changes_a_record_names_the_tool_that_reads_it_by_the_same_identifiers(Tool tool) {
        Tool reader = Catalogue.get(Objects.requireNonNull(tool.reader()));

        assertThat(reader.verb()).isEqualTo(Tool.Verb.GETS);
        assertThat(tool.params()).extracting(Param::name).containsAll(required(reader));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void a_new_name_is_about_the_field_that_the_reader_shows(Tool tool) {
        Tool reader = Catalogue.get(Objects.requireNonNull(tool.reader()));
        List<Param<?>> others = tool.params().stream()
                .filter(param -> !param.field().equals(param.name()))
                .toList();

        assertThat(others)
                .allSatisfy(param ->
                        assertThat(String.valueOf(reader.answer().schema())).contains(param.field() + "="));
        assertThat(tool.params().stream().filter(param -> param.name().matches("(new|add|remove)_.*")))
                .allMatch(others::contains);
    }

    @ParameterizedTest
    @MethodSource("ofMany")
    void what_changes_many_records_changes_nothing_that_the_tool_for_one_does_not(Tool tool) {
        Tool one = Catalogue.get(Objects.requireNonNull(tool.one()));

        assertThat(tool.verb()).isEqualTo(one.verb());
        assertThat(tool.group()).isEqualTo(one.group());
        assertThat(one.possibleReach()).containsAll(tool.possibleReach());
        assertThat(one.params())
                .containsAll(tool.params().stream()
                        .filter(param -> !param.isRequired())
                        .toList());
    }

    /** Forms of a call that make the same count as the same, whichever is used. */
    @ParameterizedTest
    @MethodSource("creates")
    void what_sends_files_along_names_the_tool_that_sends_none_and_takes_the_same(Tool tool) {
        String without = tool.withoutFiles();
        assertThat(without != null).isEqualTo(tool.param(Uploader.ARGUMENT) != null);
        if (without != null) {
            assertThat(tool.params().stream().map(Param::name).filter(name -> !name.equals(Uploader.ARGUMENT)))
                    .containsExactlyInAnyOrderElementsOf(Catalogue.get(without).params().stream()
                            .map(Param::name)
                            .toList());
        }
    }

    private static List<String> required(Tool tool) {
        return tool.params().stream()
                .filter(Param::isRequired)
                .<String>map(Param::name)
                .toList();
    }
}
