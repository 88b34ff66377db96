package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void the_first_start_makes_an_archive_and_no_start_prints_anything_of_its_own() throws Exception {
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

    private String list() throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder("./desk365-mcp-server", "--list");
        script.environment().put("XDG_CACHE_HOME", cache.toString());
        script.environment().put("DESK365_MCP_JAR", System.getProperty("server.jar"));
        Process process = script.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
