package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;

import io.github.desk365mcp.tools.TestSandbox;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Starts the server's jar in a process of its own. */
public final class ServerProcess {

    private static final Path JAR = Path.of(System.getProperty("server.jar", "target/desk365-mcp-server.jar"));

    /** The name has the version, because the tests may run on several JDKs. */
    private static final Path ARCHIVE = JAR.resolveSibling("servers-" + Runtime.version() + ".jsa");

    private ServerProcess() {}

    /** Returns the command with the options of the start script, because each server runs only briefly. */
    public static List<String> command(List<String> java, String... arguments) {
        List<String> all = new ArrayList<>(java);
        // With an agent, the classes of the archive would not be used.
        if (java.stream().noneMatch(option -> option.startsWith("-javaagent:")) && hasArchive()) {
            all.add("-XX:SharedArchiveFile=" + ARCHIVE);
        }
        return plain(all, arguments);
    }

    private static List<String> plain(List<String> java, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Returns whether there is an archive of the classes that a server loads, which makes its start faster. The first
     * test creates it.
     */
    private static synchronized boolean hasArchive() {
        // Tests run in two processes.
        try (FileChannel lock = FileChannel.open(
                JAR.resolveSibling("servers.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (!Files.exists(ARCHIVE)
                    || Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
                Files.deleteIfExists(ARCHIVE);
                createArchive();
            }
            return Files.exists(ARCHIVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves some calls on the server's own sandbox. The process writes the archive at its end. */
    private static void createArchive() throws IOException {
        List<String> command = plain(List.of("-XX:ArchiveClassesAtExit=" + ARCHIVE), "--http", "0", "--sandbox");
        try (JarServer server = new JarServer(
                        withoutAccount(new ProcessBuilder(command)).start());
                McpSyncClient client = server.client(null)) {
            client.initialize();
            client.listTools();
            client.callTool(CallToolRequest.builder(GET_TICKET)
                    .arguments(Map.of("ticket_number", 4052))
                    .build());
        }
    }

    /** Removes the variables of the developer's own helpdesk, which tests must not use. */
    static ProcessBuilder withoutAccount(ProcessBuilder builder) {
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DESK365_")
                        || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return builder;
    }

    /** Returns the environment that names the sandbox's account. */
    public static Map<String, String> account(TestSandbox sandbox) {
        return Map.of("DESK365_BASE_URL", sandbox.baseUrl().toString(), "DESK365_API_KEY", sandbox.apiKey());
    }

    /** Returns a process builder for a server on the sandbox's account. */
    static ProcessBuilder on(TestSandbox sandbox, List<String> java, String... arguments) {
        ProcessBuilder builder = withoutAccount(new ProcessBuilder(command(java, arguments)));
        builder.environment().putAll(account(sandbox));
        return builder;
    }

    static Process start(TestSandbox sandbox, List<String> java, String... arguments) throws IOException {
        return on(sandbox, java, arguments).start();
    }
}
