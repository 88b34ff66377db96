package io.github.desk365mcp.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.core.FileServers;
import io.github.desk365mcp.tools.internal.core.FileServersOnAnotherNetwork;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.net.PublicHttp;
import io.github.desk365mcp.tools.internal.text.PublicAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where files are read from, and how; a server with its own certificate plays the file servers. */
@Timeout(60)
class FileServersTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    private static TlsServer server;
    private static Account account;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new TlsServer(folder, "dns:files.example,dns:other.example", FileServersTest::answer);
        account = account();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.asked().clear();
        NAMES.putAll(Map.of("files.example", "127.0.0.1", "other.example", "127.0.0.1"));
    }

    private static Account account() {
        Desk365Client desk = Desk365Client.connect("acme", "a-key-of-acme");
        return Account.of(null, desk, Unguarded.policy());
    }

    private static void answer(String path, OutputStream out) throws IOException {
        switch (path) {
            case "/photo.png" -> say(out, "200 OK", "Content-Length: 7", "a photo");
            case "/ended" -> say(out, "403 Forbidden", "Content-Length: 0", "");
            case "/session" -> say(out, "400 Bad Request", "Content-Length: 0", "");
            case "/busy" -> say(out, "503 Slow Down", "Content-Length: 0", "");
            case "/large" -> say(out, "200 OK", "Content-Length: 2048", "a photo");
            case "/chunked" ->
                say(out, "200 OK", "Transfer-Encoding: chunked", "800\r\n" + "a".repeat(2_048) + "\r\n0\r\n\r\n");
            case "/short" -> say(out, "200 OK", "Content-Length: 100", "a photo");
            case "/bomb" -> say(out, "200 OK", "Content-Encoding: gzip\r\nContent-Length: 7", "a photo");
            case "/moved" ->
                say(
                        out,
                        "302 Found",
                        "Location: https://other.example:" + server.port() + "/photo.png\r\nContent-Length: 0",
                        "");
            default -> {
                say(out, "200 OK", "Content-Length: 100", "a photo");
                TlsServer.stall();
            }
        }
    }

    private static void say(OutputStream out, String status, String header, String body) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + header + "\r\n\r\n" + body).getBytes(UTF_8));
        out.flush();
    }

    private static List<InetAddress> lookUp(String name) throws UnknownHostException {
        String address = NAMES.get(name);
        if (address == null) {
            throw new UnknownHostException(name);
        }
        return List.of(InetAddress.getAllByName(address));
    }

    /** As shipped, except for names, certificate, and that this computer has a public address. */
    private static FileServers servers(Duration mostTime) {
        Policy policy =
                Unguarded.policy().fileServers("files.example:" + server.port()).mostFileBytes(1_024);
        PublicHttp http = new PublicHttp(
                FileServersTest::lookUp,
                address -> PublicAddress.is(address) || address.getHostAddress().equals("127.0.0.1"),
                network -> network.sslSocketFactory(server.clientSockets(), server.trust()));
        return FileServersOnAnotherNetwork.of(policy, http, mostTime);
    }

    private static byte[] fetch(String path) throws Exception {
        return fetch(path, LONG, CallContext.none());
    }

    private static byte[] fetch(String path, Duration mostTime, CallContext context) throws Exception {
        return servers(mostTime).fetch("https://files.example:" + server.port() + path, account, context);
    }

    @Test
    void a_file_arrives_whole() throws Exception {
        assertThat(fetch("/photo.png")).isEqualTo("a photo".getBytes(UTF_8));
        assertThat(server.asked()).containsExactly("/photo.png");
    }

    @Test
    void a_redirect_is_not_followed() {
        assertThatThrownBy(() -> fetch("/moved"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The file was not read. The file server answered 302, a redirect, which is not followed.");
        assertThat(server.asked()).containsExactly("/moved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "169.254.169.254", "::1", "127.0.0.2"})
    void an_address_that_is_not_public_is_not_connected_to(String address) {
        NAMES.put("files.example", address);

        assertThatThrownBy(() -> fetch("/photo.png"))
                .hasMessage("The file was not read. The file server is not at a public address.");
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/chunked"})
    void a_file_that_is_too_large_is_cut_off(String path) {
        assertThatThrownBy(() -> fetch(path)).isInstanceOf(FileServers.FileTooLargeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ended", "/session"})
    void a_link_that_has_ended_may_be_made_anew(String path) {
        assertThatThrownBy(() -> fetch(path)).isInstanceOf(FileServers.LinkEndedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/busy, The file server answered 503.",
        "/bomb, 'The file server sends it compressed, which is not read.'",
        "/short, The file server could not be reached. It may be tried again."
    })
    void what_else_goes_wrong_is_said(String path, String sentence) {
        assertThatThrownBy(() -> fetch(path)).hasMessage("The file was not read. " + sentence);
    }

    @Test
    void a_server_that_stalls_is_given_up() {
        assertThatThrownBy(() -> fetch("/slow", Duration.ofMillis(300), CallContext.none()))
                .hasMessageStartingWith("The file was not read. It took more than");
    }

    @Test
    void a_cancelled_call_ends_the_request() {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();

        assertThatThrownBy(() -> fetch("/slow", LONG, CallContext.none().cancellation(cancelled)))
                .hasMessage("The call was cancelled; nothing was changed.");
    }

    @ParameterizedTest
    @CsvSource({
        "https://d365-inline-imgs.s3.amazonaws.com/a.png, true",
        "https://d365-temp-inline-imgs.s3.amazonaws.com/a.png, true",
        "https://prod-eu1-d365-inline-imgs.s3.eu-central-1.amazonaws.com/a.png, true",
        "https://acme.desk365.io/a.png, true",
        "https://other.desk365.io/a.png, false",
        "http://acme.desk365.io/a.png, false",
        "https://files.s3.amazonaws.com/a.png?X-Amz-Date=1, true",
        "https://other.s3.amazonaws.com/a.png, false",
        "https://s3.eu-west-1.amazonaws.com/files-of-acme/9/b.pdf, true",
        "https://s3.eu-west-1.amazonaws.com/files-of-eve/9/b.pdf, false",
        "https://s3.eu-west-1.amazonaws.com/files-of-acme/../files-of-eve/9/b.pdf, false",
        "https://s3.eu-west-1.amazonaws.com/files-of-acme/%2e%2E/files-of-eve/9/b.pdf, false",
        "https://s3.eu-west-1.amazonaws.com/files-of-acme/9/../../files-of-eve/b.pdf, false",
        "https://s3.eu-west-1.amazonaws.com/files-of-acme\\..\\files-of-eve/b.pdf, false",
        "https://s3.eu-west-1.amazonaws.com/files-of-eve/../files-of-acme/b.pdf, true",
        "https://s3.eu-west-1.amazonaws.com/, false",
        "https://93.184.216.34/a.png, false"
    })
    void files_are_read_from_where_the_account_has_some(String link, boolean served) {
        Account acme = account();
        for (String seen : List.of(
                "https://files.s3.amazonaws.com/1/x.pdf?X-Amz-Signature=a",
                "https://s3.eu-west-1.amazonaws.com/files-of-acme/1/x.pdf",
                "https://93.184.216.34/x.pdf",
                "http://plain.example/x.pdf",
                "no link")) {
            acme.fileHosts().saw(seen);
        }

        assertThat(servers(LONG).serve(link, acme)).isEqualTo(served);
        // Another account's files are not this one's.
        assertThat(servers(LONG).serve("https://files.s3.amazonaws.com/1/x.pdf", account()))
                .isFalse();
    }
}
