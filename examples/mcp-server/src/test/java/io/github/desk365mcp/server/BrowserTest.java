package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {

    @Test
    void each_system_has_its_command() {
        assertThat(Browser.find("Windows 11", Map.of("SystemRoot", "D:\\Windows")))
                .isEqualTo(new Browser(List.of("D:\\Windows\\System32\\rundll32.exe", "url.dll,FileProtocolHandler")));
        assertThat(Browser.find("Mac OS X", Map.of())).isEqualTo(new Browser(List.of("/usr/bin/open")));
    }

    @Test
    void a_linux_desktop_needs_a_display_and_the_command(@TempDir Path folder) throws Exception {
        Path command = Files.createFile(folder.resolve("xdg-open"));
        Map<String, String> desktop = Map.of("DISPLAY", ":0", "PATH", "/nowhere:" + folder);

        assertThat(Browser.find("Linux", desktop)).as("not executable").isNull();
        assertThat(command.toFile().setExecutable(true)).isTrue();

        assertThat(Browser.find("Linux", desktop)).isEqualTo(new Browser(List.of(command.toString())));
        assertThat(Browser.find("Linux", Map.of("WAYLAND_DISPLAY", "w", "PATH", folder.toString())))
                .isNotNull();
        assertThat(Browser.find("Linux", Map.of("DISPLAY", " ", "PATH", folder.toString())))
                .isNull();
        assertThat(Browser.find("Linux", Map.of("DISPLAY", ":0"))).isNull();
    }

    @Test
    void a_command_that_is_missing_or_fails_has_opened_nothing() {
        assertThat(new Browser(List.of("/nowhere/xdg-open")).open("http://127.0.0.1/"))
                .isFalse();
        assertThat(new Browser(List.of("false")).open("http://127.0.0.1/")).isFalse();
        assertThat(new Browser(List.of("true")).open("http://127.0.0.1/")).isTrue();
    }
}
