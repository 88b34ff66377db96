package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.JavaBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/tutorial.md. In every build, examples/embedding builds its project and runs its test; {@link TutorialIT} runs its program. */
class TutorialTest {

    static final Path PAGE = Path.of("../../docs/tutorial.md");
    private static final Path PROJECT = Path.of("../embedding/src/it/tutorial");
    static final List<Path> SOURCES =
            List.of("main/java/com/example/helpdesk/HelpdeskServer", "test/java/com/example/helpdesk/FirstCall")
                    .stream()
                    .map(source -> PROJECT.resolve("src/" + source + ".java"))
                    .toList();

    @Test
    void the_files_of_the_page_are_those_of_the_project_that_is_built() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(JavaBlocks.of(PAGE))
                .containsExactly(
                        Files.readString(SOURCES.get(0)).strip(),
                        Files.readString(SOURCES.get(1)).strip(),
                        Files.readString(PROJECT.resolve("src/test/java/com/example/helpdesk/HelpdeskServerTest.java"))
                                .strip());
        assertThat(block(page, "xml")).isEqualTo(filtered(Files.readString(PROJECT.resolve("pom.xml"))));
        for (Path source : SOURCES) {
            assertThat(page)
                    .contains("`" + PROJECT.relativize(source).toString().replace('\\', '/') + "`");
        }
    }

    static String block(String page, String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    /** The text with the versions of this build, as examples/embedding fills them in. */
    private static String filtered(String pom) throws IOException {
        String root = Files.readString(Path.of("../../pom.xml"));
        Properties versions = new Properties();
        Matcher property = Pattern.compile("<([\\w.-]+[.]version)>(.*?)</").matcher(root);
        while (property.find()) {
            versions.putIfAbsent(property.group(1), property.group(2));
        }
        Matcher own = Pattern.compile("<version>(.*?)</version>").matcher(root);
        assertThat(own.find()).isTrue();
        versions.put("project.version", own.group(1));
        return Pattern.compile("@([\\w.-]+[.]version)@")
                .matcher(pom)
                .replaceAll(name -> Matcher.quoteReplacement(versions.getProperty(name.group(1))));
    }
}
