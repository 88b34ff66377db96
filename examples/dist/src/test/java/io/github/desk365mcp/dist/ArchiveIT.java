package io.github.desk365mcp.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void the_unpacked_script_starts_the_server_with_the_runtime_of_the_archive() throws Exception {
        Programs.run(directory, "unzip", "-q", Programs.made(".zip").toString());
        Path fake = Files.createDirectory(directory.resolve("bin")).resolve("java");
        Files.writeString(fake, "#!/bin/sh\nexit 99\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        ProcessBuilder script = new ProcessBuilder("desk365-mcp-server/desk365-mcp-server", "--version");
        script.directory(directory.toFile());
        script.environment().put("PATH", fake.getParent() + ":" + System.getenv("PATH"));
        script.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        script.environment().remove("DESK365_MCP_JAR");

        assertThat(Programs.run(script)).isEqualTo("desk365-mcp-server " + Programs.VERSION + "\n");
        assertThat(directory.resolve("cache/desk365-mcp-server-runtime.jsa")).exists();
        assertThat(directory.resolve("desk365-mcp-server/LICENSE")).isNotEmptyFile();
    }
}
