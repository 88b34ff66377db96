package io.github.desk365mcp.server;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens addresses in the browser of the person at this computer, by the desktop's own command. {@code java.awt.Desktop}
 * does not work here, because this process is headless: see {@link Main#main}.
 *
 * @param command the command without the address
 */
record Browser(List<String> command) {

    private static final long SECONDS_TO_FAIL = 5;

    /** {@return the browser of this computer; null if it has no desktop} */
    static @Nullable Browser find(String system, Map<String, String> environment) {
        String os = system.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            String root = environment.getOrDefault("SystemRoot", "C:\\Windows");
            return new Browser(List.of(root + "\\System32\\rundll32.exe", "url.dll,FileProtocolHandler"));
        }
        if (os.startsWith("mac")) {
            return new Browser(List.of("/usr/bin/open"));
        }
        boolean hasDesktop = Stream.of("DISPLAY", "WAYLAND_DISPLAY")
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        if (!hasDesktop) {
            return null;
        }
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "xdg-open"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(file -> new Browser(List.of(file.toString())))
                .orElse(null);
    }

    /** {@return whether the command started and did not fail within a few seconds} */
    boolean open(String address) {
        List<String> whole = new ArrayList<>(command);
        whole.add(address);
        // Standard output carries only the protocol.
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        // The browser needs neither the API key nor the caller's token.
        builder.environment().keySet().removeIf(name -> name.startsWith("DESK365_"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return !process.waitFor(SECONDS_TO_FAIL, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
