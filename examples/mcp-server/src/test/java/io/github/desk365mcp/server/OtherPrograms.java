package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.desk365mcp.tools.TestSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs from npm that check the server. They are installed once into {@code target/others}. */
public final class OtherPrograms {

    private static final Path DIRECTORY = Path.of("target/others").toAbsolutePath();

    private OtherPrograms() {}

    /** Skips the tests if npm is not installed. */
    public static synchronized void install() throws Exception {
        assumeTrue(isThere("npm"), "npm is not here: the checks by other people's programs are skipped");
        Files.createDirectories(DIRECTORY);
        // Tests run in two processes.
        try (FileChannel lock =
                FileChannel.open(DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            installAlone();
        }
    }

    private static void installAlone() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/others"))) {
            for (Path file : files.toList()) {
                Files.copy(file, DIRECTORY.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path wanted = DIRECTORY.resolve("package-lock.json");
        Path installed = DIRECTORY.resolve("node_modules/.installed.json");
        if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
            run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
            Files.copy(wanted, installed);
        }
    }

    /** Runs a script in {@code target/others}, which must succeed, and returns its output. */
    public static String node(String script, String... arguments) throws Exception {
        return run(command(script, arguments));
    }

    private static List<String> command(String script, String... arguments) {
        // The programs need a newer Node than some systems have. On platforms without this package, the system's Node
        // is used.
        Path own = DIRECTORY.resolve("node_modules/node-linux-"
                + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64") + "/bin/node");
        List<String> command = new ArrayList<>(List.of(Files.exists(own) ? own.toString() : "node", script));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a script that may fail, and returns its output. */
    static String nodeThatMayFail(String script, String... arguments) throws Exception {
        return print(command(script, arguments)).text();
    }

    /** Tells a program how many writes a sandbox has received, or resets it. */
    public static HttpServer helpdesk(TestSandbox sandbox) throws IOException {
        HttpServer helpdesk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        helpdesk.createContext("/", exchange -> {
            if (exchange.getRequestMethod().equals("DELETE")) {
                sandbox.reset();
                sandbox.forget();
            }
            byte[] writes = String.valueOf(sandbox.writes().size()).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, writes.length);
            exchange.getResponseBody().write(writes);
            exchange.close();
        });
        helpdesk.start();
        return helpdesk;
    }

    /** Reads a file that a script wrote. */
    public static String read(String file) throws IOException {
        return Files.readString(DIRECTORY.resolve(file));
    }

    private static boolean isThere(String program) throws InterruptedException {
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

    private static String run(List<String> command) throws Exception {
        Printed printed = print(command);
        String end = printed.text().substring(Math.max(0, printed.text().length() - 4_000));
        assertThat(printed.exit()).as("%s: %s", command, end).isZero();
        return printed.text();
    }

    private record Printed(int exit, String text) {}

    private static Printed print(List<String> command) throws Exception {
        Path printed = Files.createTempFile(DIRECTORY, "printed", ".txt");
        int ended = new ProcessBuilder(command)
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start()
                .waitFor();
        String text = new String(Files.readAllBytes(printed), UTF_8);
        Files.delete(printed);
        return new Printed(ended, text);
    }
}
