package io.github.desk365mcp.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that the build made, and programs that check them. */
final class Programs {

    static final Path TARGET = Path.of("target").toAbsolutePath();
    static final String VERSION = System.getProperty("dist.version");

    private Programs() {}

    /** Returns the one file that the build made with this ending. */
    static Path made(String ending) throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            List<Path> made = files.filter(
                            file -> file.getFileName().toString().startsWith("desk365-mcp-server-" + VERSION)
                                    && file.getFileName().toString().endsWith(ending))
                    .toList();
            assertThat(made).hasSize(1);
            return made.get(0);
        }
    }

    /** Runs a program that must succeed, and returns its output. */
    static String run(Path directory, String... command) throws Exception {
        return run(new ProcessBuilder(command).directory(directory.toFile()));
    }

    /** Runs a program that must succeed, and returns what it writes to standard output. */
    static String run(ProcessBuilder command) throws Exception {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        String printed;
        try (InputStream output = process.getInputStream()) {
            printed = new String(output.readAllBytes(), UTF_8);
        }
        assertThat(process.waitFor()).as("%s: %s", command.command(), printed).isZero();
        return printed;
    }

    /** Waits until the server listens, and returns the address of its MCP endpoint. */
    static URI listening(BufferedReader log) throws IOException {
        String line = log.readLine();
        while (line != null && !line.contains("Listening at ")) {
            line = log.readLine();
        }
        assertThat(line).as("the server ended").isNotNull();
        return URI.create(
                line.replaceAll(".*Listening at (http[^\" ]*).*", "$1").replace("0.0.0.0", "127.0.0.1"));
    }

    /** Asks whether the server at this address is well. */
    static String health(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address.resolve("/health")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
