package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.desk365mcp.tools.TestSandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The jar as a process on standard input and output, on a desktop with a browser that only notes what it opens. */
final class StdioServer implements AutoCloseable {

    private final Process process;
    private final Writer input;
    private final BufferedReader output;
    private final Path opened;
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    /**
     * Starts the jar and a session.
     *
     * @param desktop a folder for the browser
     * @param script what the browser does after it has noted the address
     */
    StdioServer(TestSandbox sandbox, Path desktop, Map<String, String> environment, String script, String... arguments)
            throws IOException {
        opened = desktop.resolve("opened.txt");
        Path browser = desktop.resolve("xdg-open");
        Files.writeString(browser, "#!/bin/sh\necho \"$1 $(env | grep -c DESK365_)\" >> '" + opened + "'\n" + script);
        browser.toFile().setExecutable(true);
        ProcessBuilder builder = ServerProcess.on(sandbox, List.of(), arguments);
        builder.environment().put("PATH", desktop + ":" + System.getenv("PATH"));
        builder.environment().put("DISPLAY", ":0");
        builder.environment().putAll(environment);
        process = builder.start();
        input = process.outputWriter(UTF_8);
        output = process.inputReader(UTF_8);
        BufferedReader lines = process.errorReader(UTF_8);
        reader = new Thread(() -> lines.lines().forEach(errors::add), "stderr");
        reader.start();
        ask(Messages.INITIALIZE);
        tell(Messages.INITIALIZED);
    }

    /** Sends a request and returns the response. */
    String ask(String request) throws IOException {
        tell(request);
        return String.valueOf(output.readLine());
    }

    private void tell(String message) throws IOException {
        input.write(message + "\n");
        input.flush();
    }

    /** Returns what the browser has opened, each with the number of this server's variables in its environment. */
    List<String> opened() throws IOException {
        return Files.exists(opened) ? Files.readAllLines(opened) : List.of();
    }

    /** Waits until the browser has opened an address, and returns it. */
    String awaitOpened() throws Exception {
        while (opened().isEmpty()) {
            Thread.sleep(20);
        }
        return opened().get(0).split(" ")[0];
    }

    /** Returns the output on standard error so far. */
    String errors() {
        return String.join("\n", errors);
    }

    void endInput() throws IOException {
        input.close();
    }

    /** Ends the process by the end of its input, and waits for its last output. */
    void end() throws Exception {
        endInput();
        process.waitFor();
        reader.join();
    }

    /** Tells the process to end, and returns its exit code. */
    int terminate() throws Exception {
        // Process.destroy() would close the streams on this side.
        process.toHandle().destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
