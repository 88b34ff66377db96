package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.JavaBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void every_java_block_of_the_readme_is_compiled() throws IOException {
        List<String> compiled =
                JavaBlocks.compiled(Path.of("src/test/java/io/github/desk365mcp/server/ReadmeExamples.java"), "README");

        assertThat(JavaBlocks.of(Path.of("../../README.md")))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(compiled);
    }

    @Test
    void every_file_that_the_readme_links_to_exists() throws IOException {
        String readme = Files.readString(Path.of("../../README.md"));

        assertThat(Pattern.compile("]\\(([^)#]+)\\)").matcher(readme).results().map(link -> link.group(1)))
                .isNotEmpty()
                .filteredOn(link -> !link.startsWith("https:"))
                .allSatisfy(link -> assertThat(Path.of("../..", link)).exists());
    }
}
