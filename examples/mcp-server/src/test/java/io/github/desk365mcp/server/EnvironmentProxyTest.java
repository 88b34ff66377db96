package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.tools.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy that environment variables name is used. */
@Timeout(60)
class EnvironmentProxyTest {

    private static final URI HELPDESK = URI.create("https://acme.desk365.io/apis");

    private static Map<String, String> environment(String text) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : text.split(" ")) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1].replace('_', ' '));
        }
        return environment;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTPS_PROXY=http://proxy.example:3128           | proxy.example | 3128 |",
                "https_proxy=proxy.example:3128                  | proxy.example | 3128 |",
                "HTTPS_PROXY=http://proxy.example/               | proxy.example | 80   |",
                "ALL_PROXY=http://proxy.example:1                | proxy.example | 1    |",
                "HTTPS_PROXY=http://[::1]:3128                   | ::1           | 3128 |",
                "HTTPS_PROXY=HTTP://ann:s3cret@proxy.example:1   | proxy.example | 1    | ann:s3cret",
                "HTTPS_PROXY=http://ann:p%40ss%3A@proxy.example:1 | proxy.example | 1   | ann:p@ss:",
                "HTTPS_PROXY=http://ann:p@ss#1+%@proxy.example:1 | proxy.example | 1    | ann:p@ss#1+%",
                "HTTPS_PROXY=http://ann@proxy.example:1          | proxy.example | 1    | ann:",
                "HTTPS_PROXY=http://a:1 NO_PROXY=desk365.example,other.io | a     | 1    |",
                "HTTPS_PROXY=http://a:1 NO_PROXY=acme.desk365.io:8443     | a     | 1    |",
                "HTTPS_PROXY=http://a:1 NO_PROXY=e.desk365.io             | a     | 1    |",
            })
    void a_variable_names_the_proxy(String variables, String host, int port, String user) {
        EnvironmentProxy proxy = Objects.requireNonNull(EnvironmentProxy.of(environment(variables), HELPDESK));

        assertThat(proxy.host()).isEqualTo(host);
        assertThat(proxy.port()).isEqualTo(port);
        assertThat(proxy.credentials())
                .isEqualTo(
                        user == null
                                ? null
                                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        assertThat(proxy.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP_PROXY=http://a:1",
                "HTTPS_PROXY=",
                "HTTPS_PROXY=http://a:1 NO_PROXY=*",
                "HTTPS_PROXY=http://a:1 NO_PROXY=x.example,acme.desk365.io",
                "HTTPS_PROXY=http://a:1 no_proxy=DESK365.IO",
                "HTTPS_PROXY=http://a:1 NO_PROXY=.desk365.io",
                "HTTPS_PROXY=http://a:1 NO_PROXY=x.example_*.desk365.io",
                "HTTPS_PROXY=http://a:1 NO_PROXY=acme.desk365.io:443"
            })
    void without_a_proxy_for_this_address_there_is_none(String variables) {
        assertThat(EnvironmentProxy.of(environment(variables), HELPDESK)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://a:1", "https://s3cret@a:1", "http://", "http://a:port", "http://a:99999"})
    void what_is_no_proxy_is_refused_without_its_value(String value) {
        assertThatThrownBy(() -> EnvironmentProxy.of(Map.of("HTTPS_PROXY", value), HELPDESK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HTTPS_PROXY is not a proxy")
                .hasMessageNotContaining("s3cret");
    }

    /** Passes requests without TLS on, and records their heads. */
    private static final class Proxying implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<String> heads = new CopyOnWriteArrayList<>();
        private final String credentials;

        Proxying(String user) throws IOException {
            credentials = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (true) {
                try (Socket client = socket.accept()) {
                    String head = head(client.getInputStream());
                    heads.add(head);
                    client.getOutputStream().write(answer(head));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private byte[] answer(String head) throws IOException {
            if (!head.contains("Proxy-Authorization: Basic " + credentials)) {
                return "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
            }
            URI target = URI.create(head.split(" ", 3)[1]);
            try (Socket service = new Socket(target.getHost(), target.getPort())) {
                OutputStream out = service.getOutputStream();
                out.write(head.replaceFirst("http://[^/]+", "")
                        .replace("Connection: Keep-Alive", "Connection: close")
                        .getBytes(StandardCharsets.US_ASCII));
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                service.getInputStream().transferTo(answer);
                return answer.toByteArray();
            }
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int one = in.read();
                if (one < 0) {
                    break;
                }
                head.append((char) one);
            }
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static ConfiguredHelpdesk helpdesk(TestSandbox sandbox, Proxying proxy, String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                ConfiguredHelpdesk.BASE_URL,
                sandbox.baseUrl().toString(),
                ConfiguredHelpdesk.API_KEY,
                sandbox.apiKey(),
                "HTTP_PROXY",
                "http://ann:p%40ss@127.0.0.1:" + proxy.socket.getLocalPort()));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return ConfiguredHelpdesk.of(environment);
    }

    @Test
    void requests_go_through_the_proxy_with_its_user_and_password() throws Exception {
        try (TestSandbox sandbox = TestSandbox.start();
                Proxying proxy = new Proxying("ann:p@ss");
                ConfiguredHelpdesk helpdesk = helpdesk(sandbox, proxy)) {
            assertThat(helpdesk.client().tickets().get(4052).toMap()).containsEntry("ticket_number", 4052);
            assertThat(proxy.heads).hasSize(1);
            assertThat(sandbox.exchanges())
                    .hasSize(1)
                    .allSatisfy(exchange -> assertThat(exchange.headers()).containsKey("authorization"));
        }
    }

    @Test
    void a_host_name_in_no_proxy_is_reached_directly() throws Exception {
        try (TestSandbox sandbox = TestSandbox.start();
                Proxying proxy = new Proxying("ann:p@ss");
                ConfiguredHelpdesk helpdesk = helpdesk(sandbox, proxy, "NO_PROXY", "localhost, 127.0.0.1")) {
            helpdesk.client().tickets().get(4052);

            assertThat(proxy.heads).isEmpty();
        }
    }

    @Test
    void a_wrong_password_is_named_once() throws Exception {
        List<String> said = new ArrayList<>();
        try (TestSandbox sandbox = TestSandbox.start();
                Proxying proxy = new Proxying("ann:other");
                ConfiguredHelpdesk helpdesk = helpdesk(sandbox, proxy)) {
            assertThatThrownBy(() -> helpdesk.client().tickets().get(4052))
                    .satisfies(failure -> said.add(String.valueOf(failure.getMessage())));

            assertThat(said.get(0)).contains("407", "the proxy requires another user and password");
            assertThat(proxy.heads).hasSize(1);
            assertThat(sandbox.exchanges()).isEmpty();
        }
    }
}
