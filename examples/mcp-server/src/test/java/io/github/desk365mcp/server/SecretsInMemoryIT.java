package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a heap dump of the server's process has of the secrets after many calls. */
@Timeout(300)
class SecretsInMemoryIT {

    private static final String TOKEN = "the-long-token-of-a-caller";

    /** The buffers of connections have at least this size, and no text of ours that could have a secret is as long. */
    private static final int BUFFER = 8_192;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void calls_leave_no_copy_of_the_key_and_no_text_with_a_token() throws Exception {
        JarServer server = JarServer.start(
                sandbox, "--audit", "--token-hash", CallerAuthenticator.hash(TOKEN), "--approval", "mail=confirm");
        try (server;
                ServerGauge gauge = new ServerGauge(server)) {
            call(server, 2);
            Path before = dump(gauge, "before");
            call(server, 50);
            Path after = dump(gauge, "after");

            // One of the client, and one of the environment. None is part of a longer text, such as a header or a log.
            assertThat(texts(before, sandbox.apiKey())).containsExactly(sandbox.apiKey(), sandbox.apiKey());
            assertThat(texts(after, sandbox.apiKey())).containsExactly(sandbox.apiKey(), sandbox.apiKey());
            assertThat(texts(after, TOKEN)).isEmpty();
        }
    }

    private static void call(JarServer server, int rounds) throws Exception {
        for (int i = 0; i < rounds; i++) {
            for (HttpCaller client : List.of(HttpCaller.begin(server, TOKEN), HttpCaller.modern(server, TOKEN))) {
                assertThat(client.call(2, GET_TICKET, "{\"ticket_number\":4052}")
                                .body())
                        .contains("Checkout is down");
                assertThat(client.call(3, CREATE_NOTE, "{\"ticket_number\":4052,\"body\":\"Called.\"}")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private Path dump(ServerGauge gauge, String name) throws IOException {
        Path file = folder.resolve(name + ".hprof");
        gauge.dump(file);
        return file;
    }

    private static List<String> texts(Path file, String secret) throws IOException {
        return HeapDump.arraysWith(file, secret).stream()
                .filter(array -> array.length() < BUFFER)
                .toList();
    }
}
