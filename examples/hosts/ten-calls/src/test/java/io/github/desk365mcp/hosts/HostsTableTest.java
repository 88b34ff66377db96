package io.github.desk365mcp.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostsTableTest {

    @Test
    void the_table_matches_the_rows_that_the_host_tests_wrote() throws IOException {
        Path page = Path.of("../../../docs/hosts.md");
        String text = Files.readString(page);
        String before = text.substring(0, text.indexOf("| host |"));
        String now = before + table();
        if (System.getProperty("accept") != null) {
            Files.writeString(page, now);
        }
        assertThat(page).as("accept it with -Daccept").hasContent(now);
    }

    /** The command of the page runs the class that the example's build names. */
    @Test
    void each_example_has_something_to_run_and_a_line_that_says_what_it_prints() throws IOException {
        String page = Files.readString(Path.of("../../../docs/hosts.md"));
        List<Path> examples;
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            examples = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .toList();
        }
        assertThat(examples).hasSizeGreaterThan(8);
        for (Path example : examples) {
            String build = Files.readString(example.resolve("pom.xml"));
            Matcher main =
                    Pattern.compile("<exec.mainClass>(.*)</exec.mainClass>").matcher(build);
            assertThat(main.find()).as("exec.mainClass of %s", example).isTrue();
            assertThat(build).contains("<exec.skip>false</exec.skip>");
            String source = "java/" + main.group(1).replace('.', '/') + ".java";
            assertThat(Stream.of("src/main/", "src/test/")
                            .map(folder -> example.resolve(folder + source))
                            .filter(Files::exists))
                    .as("%s of %s", source, example)
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("public static void main(String"));
            assertThat(page).contains("| [%1$s](../examples/hosts/%1$s) |".formatted(example.getFileName()));
        }
    }

    private static String table() throws IOException {
        List<Path> rows;
        try (Stream<Path> files = Files.walk(Path.of(".."), 2)) {
            rows = files.filter(file -> file.toString().endsWith(".features.properties"))
                    .sorted()
                    .toList();
        }
        assertThat(rows).isNotEmpty();
        List<String> lines = new ArrayList<>();
        lines.add("| host | " + String.join(" | ", Features.ALL) + " |");
        lines.add("|---|" + "---|".repeat(Features.ALL.size()));
        for (Path row : rows) {
            Properties seen = new Properties();
            try (Reader file = Files.newBufferedReader(row)) {
                seen.load(file);
            }
            String host = "[%s](../examples/hosts/%s) %s"
                    .formatted(seen.getProperty("host"), row.getName(1), seen.getProperty("version"));
            StringBuilder line = new StringBuilder("| " + host.strip() + " |");
            for (String feature : Features.ALL) {
                assertThat(seen.getProperty(feature))
                        .as("%s in %s", feature, row)
                        .isNotBlank();
                line.append(' ').append(seen.getProperty(feature)).append(" |");
            }
            lines.add(line.toString());
        }
        return String.join("\n", lines) + "\n";
    }
}
