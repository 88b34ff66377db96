package io.github.desk365mcp.hosts.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The TypeScript client finds the authorization server, registers, signs its user in, and calls a tool of the jar. */
@Timeout(300)
class AuthorizationServerIT {

    private static final Path SERVER = Path.of("../../mcp-server/target/desk365-mcp-server.jar");

    /** Has the TypeScript SDK, which the tests of the server install. */
    private static final Path PROGRAMS =
            Path.of("../../mcp-server/target/others").toAbsolutePath().normalize();

    @Test
    void the_typescript_client_signs_in_and_calls_with_the_scopes_that_its_user_granted() throws Exception {
        assertThat(SERVER).as("built before these tests").exists();
        assumeTrue(
                Files.exists(PROGRAMS.resolve("node_modules/@modelcontextprotocol/sdk")),
                "the TypeScript SDK is not installed: the check with an authorization server is skipped");
        int[] ports = freePorts();
        String resource = "http://127.0.0.1:" + ports[1] + "/mcp";
        Queue<String> log = new ConcurrentLinkedQueue<>();
        try (ConfigurableApplicationContext authorization = new SpringApplication(TestAuthorizationServer.class)
                .run("--server.port=" + ports[0], "--logging.level.root=WARN")) {
            assertThat(authorization.isRunning()).isTrue();
            Process server = start(ports, resource);
            try {
                BufferedReader lines = server.errorReader(UTF_8);
                String line = lines.readLine();
                while (line != null && !line.startsWith("Listening at ")) {
                    log.add(line);
                    line = lines.readLine();
                }
                assertThat(line).as(String.join("\n", log)).isNotNull();
                Thread reader = new Thread(() -> lines.lines().forEach(log::add));
                reader.start();

                String printed = node("oauth.mjs", resource);

                assertThat(printed).contains("read with desk365.read", "wrote with desk365.read desk365.write");
                server.toHandle().destroy();
                assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
                reader.join();
                assertThat(log)
                        .anyMatch(step -> step.endsWith("oauth: no_token"))
                        .anyMatch(step -> step.endsWith("oauth: metadata"))
                        .anyMatch(step -> step.endsWith("oauth: accepted"))
                        .anyMatch(step -> step.endsWith("oauth: refused insufficient_scope"))
                        .noneMatch(step -> step.contains("rita"));
            } finally {
                server.destroyForcibly();
            }
        }
    }

    private static Process start(int[] ports, String resource) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                SERVER.toString(),
                "--sandbox",
                "--http",
                String.valueOf(ports[1]),
                "--issuer",
                "http://127.0.0.1:" + ports[0],
                "--resource",
                resource);
        builder.environment().keySet().removeIf(name -> name.startsWith("DESK365_"));
        return builder.start();
    }

    private static int[] freePorts() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, here);
                ServerSocket two = new ServerSocket(0, 1, here)) {
            return new int[] {one.getLocalPort(), two.getLocalPort()};
        }
    }

    /** Runs a script, which must succeed, beside the SDK. */
    private static String node(String script, String... arguments) throws Exception {
        Files.copy(Path.of("src/test/others", script), PROGRAMS.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        Path own = PROGRAMS.resolve("node_modules/node-linux-"
                + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64") + "/bin/node");
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(Files.exists(own) ? own.toString() : "node", script),
                                List.of(arguments).stream())
                        .toList())
                .directory(PROGRAMS.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
