package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class StartScriptIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path cache;

    @Test
    void the_first_start_creates_an_archive_and_the_script_itself_prints_nothing() throws Exception {
        String definitions = Desk365Tools.all().toJson(Profile.MCP) + "\n";
        Path archive = cache.resolve("desk365-mcp-server.jsa");

        assertThat(list()).isEqualTo(definitions);
        assertThat(archive).exists();
        assertThat(list()).isEqualTo(definitions);

        Files.delete(archive);
        Files.writeString(archive, "no archive");
        assertThat(archive.toFile()
                        .setLastModified(Instant.now().plusSeconds(60).toEpochMilli()))
                .isTrue();
        assertThat(list()).isEqualTo(definitions);
    }

    @Test
    void it_starts_even_if_the_archive_cannot_be_stored() throws Exception {
        String definitions = Desk365Tools.all().toJson(Profile.MCP) + "\n";
        Path file = Files.writeString(cache.resolve("file"), "");

        assertThat(run(script("./desk365-mcp-server", file.resolve("below").toString())))
                .isEqualTo(definitions);
        ProcessBuilder homeless = script("./desk365-mcp-server", "");
        homeless.environment().remove("HOME");
        assertThat(run(homeless)).isEqualTo(definitions);
    }

    @Test
    void through_a_symbolic_link_it_finds_the_jar_next_to_the_script() throws Exception {
        Path there = Files.createDirectory(cache.resolve("there"));
        Path script =
                Files.copy(Path.of("desk365-mcp-server"), there.resolve("script"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(
                there.resolve("desk365-mcp-server.jar"),
                Path.of(System.getProperty("server.jar")).toAbsolutePath());
        Path link = Files.createSymbolicLink(cache.resolve("link"), Path.of("there", "script"));
        Path linked = Files.createSymbolicLink(cache.resolve("linked"), link);
        assertThat(script).isExecutable();

        ProcessBuilder builder = script(linked.toString(), "");
        builder.environment().remove("HOME");
        builder.environment().remove("DESK365_MCP_JAR");
        assertThat(run(builder)).isEqualTo(Desk365Tools.all().toJson(Profile.MCP) + "\n");
    }

    private String list() throws IOException, InterruptedException {
        return run(script("./desk365-mcp-server", cache.toString()));
    }

    private static ProcessBuilder script(String path, String cache) {
        ProcessBuilder script = new ProcessBuilder(path, "--list");
        script.environment().put("XDG_CACHE_HOME", cache);
        script.environment().put("DESK365_MCP_JAR", System.getProperty("server.jar"));
        return script;
    }

    private static String run(ProcessBuilder script) throws IOException, InterruptedException {
        Process process = script.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
