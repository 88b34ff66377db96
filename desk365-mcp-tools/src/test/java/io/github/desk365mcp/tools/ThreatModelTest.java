package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each threat of docs/security.md names the tests that hold it, and they exist. */
class ThreatModelTest {

    private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT))(?:#(\\w+))?`");

    private static List<String> rows() throws IOException {
        return Files.readString(Path.of("../docs/security.md"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.matches("\\| (threat|mistake) \\|.*"))
                .toList();
    }

    private static Path source(String test) throws IOException {
        try (Stream<Path> files = Files.find(Path.of(".."), 14, (file, about) -> file.endsWith(test + ".java"))) {
            List<Path> found = files.filter(file -> file.toString().contains("src/test/java"))
                    .toList();
            assertThat(found).as(test).hasSize(1);
            return found.get(0);
        }
    }

    @Test
    void every_threat_has_a_test_in_its_last_column() throws Exception {
        assertThat(rows()).hasSizeGreaterThan(40).allSatisfy(row -> {
            String[] columns = row.split(" \\| ");
            assertThat(columns).hasSize(3);
            assertThat(columns[2]).containsPattern(NAME);
        });
    }

    static Stream<String> names() throws IOException {
        return rows().stream()
                .flatMap(row -> NAME.matcher(row).results().map(MatchResult::group))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_named_test_exists_and_runs(String name) throws Exception {
        MatchResult found = NAME.matcher(name).results().findFirst().orElseThrow();
        String text = Files.readString(source(found.group(1)));
        assertThat(text).containsPattern("@(Parameterized)?Test\\b").doesNotContain("@Disabled");
        String method = found.group(2);
        if (method != null) {
            assertThat(text).contains("\n    void " + method + "(");
        }
    }
}
