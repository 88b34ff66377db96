package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionSnapshotTest {

    private static final Path SNAPSHOTS = Path.of("src/test/resources/definitions");

    static Stream<ToolDefinition> definitions() {
        return Desk365Tools.all().definitions().stream();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void a_definition_changes_only_on_purpose(ToolDefinition definition) throws IOException {
        Accepted.compare(SNAPSHOTS.resolve(definition.name() + ".json"), PrettyJson.of(definition.toMap()));
    }

    @Test
    void a_tool_does_not_vanish_unseen() throws IOException {
        assumeThat(Accepted.ACCEPT).as("snapshots are being written").isFalse();
        try (Stream<Path> files = java.nio.file.Files.list(SNAPSHOTS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(definitions()
                            .map(definition -> definition.name() + ".json")
                            .toList());
        }
    }
}
