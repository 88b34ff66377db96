package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.JavaBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void every_java_block_of_the_readme_is_compiled() throws IOException {
        Path examples = Path.of("src/test/java/io/github/desk365mcp/server/ReadmeExamples.java");
        List<String> blocks = JavaBlocks.of(Path.of("../../README.md"));

        assertThat(blocks.stream().map(JavaBlocks::withoutImports))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(JavaBlocks.compiled(examples, "README"));
        assertThat(JavaBlocks.missing(Path.of("../../README.md"), examples)).isEmpty();
    }

    @Test
    void the_dependency_of_the_readme_is_the_one_that_separate_projects_build_with() throws IOException {
        Matcher block = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../README.md")));
        assertThat(block.find()).isTrue();
        String dependency = block.group(1).indent(4);

        assertThat(pomOf("module-path")).contains(dependency);
        assertThat(pomOf("class-path"))
                .contains(dependency)
                .containsOnlyOnce("<groupId>io.github.desk365mcp</groupId>");
    }

    @Test
    void the_readme_counts_the_tools() throws IOException {
        assertThat(Files.readString(Path.of("../../README.md")))
                .contains(Desk365Tools.all().definitions().size() + " tools");
    }

    private static String pomOf(String project) throws IOException {
        return Files.readString(Path.of("../embedding/src/it", project, "pom.xml"))
                .replace("@project.version@", version());
    }

    private static String version() throws IOException {
        Matcher version =
                Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("../../pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
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
