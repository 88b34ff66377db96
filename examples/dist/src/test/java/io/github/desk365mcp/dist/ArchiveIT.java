package io.github.desk365mcp.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class ArchiveIT {

    @TempDir
    Path directory;

    @BeforeEach
    void unpack() throws Exception {
        Programs.run(directory, "unzip", "-q", Programs.made(".zip").toString());
    }

    @Test
    void the_unpacked_script_starts_the_server_with_the_runtime_of_the_archive() throws Exception {
        Path fake = Files.createDirectory(directory.resolve("bin")).resolve("java");
        Files.writeString(fake, "#!/bin/sh\nexit 99\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        ProcessBuilder script = new ProcessBuilder("desk365-mcp-server/desk365-mcp-server", "--version");
        script.directory(directory.toFile());
        script.environment().put("PATH", fake.getParent() + ":" + System.getenv("PATH"));
        script.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        script.environment().remove("DESK365_MCP_JAR");

        assertThat(Programs.run(script)).isEqualTo("desk365-mcp-server " + Programs.VERSION + "\n");
        assertThat(directory.resolve("cache"))
                .isDirectoryContaining(file -> file.getFileName().toString().endsWith(".aot")
                        && file.toFile().length() > 0);
        assertThat(directory.resolve("desk365-mcp-server/LICENSE")).isNotEmptyFile();
    }

    @Test
    void it_serves_http_as_a_service_that_has_no_home_folder() throws Exception {
        ProcessBuilder script = new ProcessBuilder("desk365-mcp-server/desk365-mcp-server", "--http", "0", "--sandbox");
        script.directory(directory.toFile());
        script.environment().clear();
        script.environment().put("PATH", System.getenv("PATH"));

        Process server = script.start();
        try (BufferedReader log = server.errorReader(UTF_8)) {
            assertThat(Programs.health(Programs.listening(log))).contains("\"ok\"");

            server.destroy();
            assertThat(server.waitFor()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }
}
