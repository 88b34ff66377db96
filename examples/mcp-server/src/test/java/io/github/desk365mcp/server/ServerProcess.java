package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.TestSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Starts the server's jar in a process of its own. */
public final class ServerProcess {

    private ServerProcess() {}

    /** Returns the command with only the first JIT compiler, because each server runs only briefly. */
    public static List<String> command(List<String> java, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("server.jar", "target/desk365-mcp-server.jar")));
        command.addAll(List.of(arguments));
        return command;
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
