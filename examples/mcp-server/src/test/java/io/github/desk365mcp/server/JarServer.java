package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.desk365mcp.tools.TestSandbox;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The jar as a process that serves HTTP. Keeps its output on standard error. */
public final class JarServer implements AutoCloseable {

    private static final String LISTENING = "Listening at ";

    private final Process process;
    private final String address;
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    /** Waits until a process listens. */
    JarServer(Process process) throws IOException {
        this.process = process;
        BufferedReader errors = process.errorReader(UTF_8);
        String line = errors.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            written.add(line);
            line = errors.readLine();
        }
        if (line == null) {
            throw new IOException("The server ended: " + written);
        }
        this.address = line.substring(LISTENING.length()).replace("0.0.0.0", "127.0.0.1");
        this.reader = new Thread(() -> errors.lines().forEach(written::add), "stderr");
        reader.start();
    }

    /** Returns the server of a process that was started with {@code --http}. */
    static JarServer of(Process process) throws IOException {
        return new JarServer(process);
    }

    /** Starts a server with the sandbox as its helpdesk. */
    public static JarServer start(TestSandbox sandbox, String... arguments) throws IOException {
        return start(sandbox, List.of(), arguments);
    }

    /** Starts such a server and measures the coverage in its process too, which makes the start slower. */
    public static JarServer startMeasured(TestSandbox sandbox, String... arguments) throws IOException {
        List<String> agents = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:"))
                .toList();
        return start(sandbox, agents, arguments);
    }

    /** Starts a server with options for the Java virtual machine. */
    static JarServer start(TestSandbox sandbox, List<String> java, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--http")) {
            all.addAll(List.of("--http", "0"));
        }
        return new JarServer(ServerProcess.start(sandbox, java, all.toArray(String[]::new)));
    }

    /** Returns a client that sends this token, or no token. */
    public McpSyncClient client(@Nullable String token) {
        return client("/mcp", token);
    }

    /** Returns a client that offers elicitation. */
    McpSyncClient askedClient(Function<ElicitFormRequest, ElicitResult> person) {
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(address.substring(0, address.lastIndexOf('/')))
                        .endpoint("/mcp")
                        .build())
                .capabilities(ClientCapabilities.builder().elicitation().build())
                .elicitation(person)
                .build();
    }

    /** Returns a client for another path. */
    McpSyncClient client(String path, @Nullable String token) {
        HttpClientStreamableHttpTransport.Builder transport = HttpClientStreamableHttpTransport.builder(
                        address.substring(0, address.lastIndexOf('/')))
                .endpoint(path);
        if (token != null) {
            transport.addHttpRequestCustomizer(
                    (request, method, uri, body, context) -> request.header("Authorization", "Bearer " + token));
        }
        return McpClient.sync(transport.build()).build();
    }

    /** Returns the address of the server. */
    public String address() {
        return address;
    }

    /** Tells the process to end, without waiting. */
    public void end() {
        // Process.destroy() would close the streams on this side.
        process.toHandle().destroy();
    }

    long pid() {
        return process.pid();
    }

    /** Returns the output on standard error so far. */
    public String written() {
        return String.join("\n", written);
    }

    /** Kills the process, which learns nothing of it, and waits for its end. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Ends the process and waits for its last output. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
