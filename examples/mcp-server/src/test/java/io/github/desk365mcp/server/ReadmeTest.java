package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern EXAMPLE = Pattern.compile("// README \\w+\n(.*?)[ ]*// README end", Pattern.DOTALL);

    @Test
    void every_java_block_of_the_readme_is_compiled() throws IOException {
        String readme = Files.readString(Path.of("../../README.md"));
        String examples = Files.readString(Path.of("src/test/java/io/github/desk365mcp/server/ReadmeExamples.java"));

        List<String> blocks = BLOCK.matcher(readme)
                .results()
                .map(block -> block.group(1).strip())
                .toList();
        List<String> compiled = EXAMPLE.matcher(examples)
                .results()
                .map(example -> example.group(1).stripTrailing().stripIndent())
                .toList();

        assertThat(blocks).isNotEmpty().containsExactlyInAnyOrderElementsOf(compiled);
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
