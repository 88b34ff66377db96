package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The links of {@code docs/install.md} that install the server in editors. */
class InstallLinksTest {

    @Test
    void the_link_for_cursor_has_the_documented_configuration() throws IOException {
        Section section = section("Cursor");
        String query = section.link().getRawQuery();

        assertThat(section.link()).hasScheme("https").hasHost("cursor.com").hasPath("/en/install-mcp");
        assertThat(query).startsWith("name=desk365&config=");
        byte[] config = Base64.getDecoder()
                .decode(URLDecoder.decode(query.substring(query.indexOf("config=") + "config=".length()), UTF_8));
        assertThat(JsonDocument.parse(new String(config, UTF_8))).isEqualTo(section.configuration());
    }

    @Test
    void the_link_for_vs_code_has_the_documented_configuration_and_asks_for_the_key() throws IOException {
        Section section = section("VS Code");
        String query = section.link().getRawQuery();

        assertThat(section.link())
                .hasScheme("https")
                .hasHost("insiders.vscode.dev")
                .hasPath("/redirect");
        assertThat(query).startsWith("url=");
        String link = URLDecoder.decode(query.substring("url=".length()), UTF_8);
        assertThat(link).startsWith("vscode:mcp/install?");
        JsonDocument config = JsonDocument.parse(URLDecoder.decode(link.substring(link.indexOf('?') + 1), UTF_8));
        assertThat(config).isEqualTo(section.configuration());
        assertThat(config.toJson()).contains("\"password\":true");
    }

    @Test
    void the_server_accepts_the_arguments_of_both() throws IOException {
        for (String editor : List.of("Cursor", "VS Code")) {
            List<String> arguments = new ArrayList<>();
            List<?> configured =
                    (List<?>) section(editor).configuration().toMap().get("args");
            Objects.requireNonNull(configured).forEach(argument -> arguments.add(argument.toString()));
            arguments.add("--list");

            assertThat(Main.run(
                            Map.of(),
                            InputStream.nullInputStream(),
                            new PrintStream(PrintStream.nullOutputStream()),
                            System.err,
                            arguments.toArray(String[]::new)))
                    .as(editor)
                    .isZero();
        }
    }

    private record Section(URI link, JsonDocument configuration) {}

    private static Section section(String editor) throws IOException {
        String page = Files.readString(Path.of("../../docs/install.md"));
        String section = page.substring(page.indexOf("\n## " + editor + "\n"));
        return new Section(
                URI.create(first("\\]\\((https://[^)]+)\\)", section)),
                JsonDocument.parse(first("```json\n(.*?)```", section)));
    }

    private static String first(String pattern, String text) {
        MatchResult result = Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow();
        return result.group(1);
    }
}
