package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** The sources of all tests by their class. */
    private static final Map<String, List<Path>> SOURCES = sources();

    private static Map<String, List<Path>> sources() {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().replace('\\', '/').matches(".*/src/test/java/.*\\.java"))
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        List<Path> sources = SOURCES.getOrDefault(found.group(1), List.of());
        assertThat(sources).hasSize(1);
        String text = Files.readString(sources.get(0));
        assertThat(text).containsPattern("@(Parameterized|Fuzz)?Test\\b").doesNotContain("@Disabled");
        String method = found.group(2);
        if (method != null) {
            assertThat(text).contains("\n    void " + method + "(");
        }
    }
}
