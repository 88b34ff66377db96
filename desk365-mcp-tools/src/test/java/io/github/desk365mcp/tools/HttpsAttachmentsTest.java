package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE_WITH_FILES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.HttpsOnAnotherNetwork;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links are fetched from few hosts, at public addresses; a server with a certificate of its own plays them all. */
@Timeout(60)
class HttpsAttachmentsTest {

    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    private static TlsServer server;

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new TlsServer(
                folder,
                "dns:files.example,dns:eu.files.example,dns:other.example,dns:secure.example,dns:rebound.files.example",
                HttpsAttachmentsTest::answer);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.asked().clear();
        NAMES.clear();
        for (String name : List.of("files.example", "eu.files.example", "other.example")) {
            NAMES.put(name, "127.0.0.1");
        }
        sandbox.forget();
    }

    private static void answer(String path, OutputStream out) throws IOException {
        switch (path.replaceAll("[?].*", "")) {
            case "/photo.jpg" -> say(out, "200 OK", "Content-Length: 7", "a photo");
            case "/chunked" -> say(out, "200 OK", "Transfer-Encoding: chunked", "7\r\na photo\r\n0\r\n\r\n");
            case "/gone" -> say(out, "404 Not Found", "Content-Length: 0", "");
            case "/short" -> say(out, "200 OK", "Content-Length: 100", "a photo");
            case "/large" -> say(out, "200 OK", "Content-Length: 27262976", "a photo");
            case "/endless" -> {
                say(out, "200 OK", "Connection: close", "");
                for (int i = 0; i < 30; i++) {
                    out.write(new byte[1024 * 1024]);
                }
            }
            case "/bomb" -> say(out, "200 OK", "Content-Encoding: gzip\r\nContent-Length: 7", "a photo");
            case "/slow" -> {
                say(out, "200 OK", "Content-Length: 100", "a photo");
                TlsServer.stall();
            }
            default ->
                say(
                        out,
                        "302 Found",
                        "Location: " + path.substring("/to/".length()).replace("PORT", port())
                                + "\r\nContent-Length: 0",
                        "");
        }
    }

    private static void say(OutputStream out, String status, String header, String body) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\nContent-Type: image/jpeg\r\n" + header + "\r\n\r\n" + body)
                .getBytes(UTF_8));
        out.flush();
    }

    private static String port() {
        return String.valueOf(server.port());
    }

    private static List<InetAddress> lookUp(String name) throws UnknownHostException {
        // The second time it leads somewhere else.
        String address = name.equals("rebound.files.example") ? NAMES.put(name, "127.0.0.2") : NAMES.get(name);
        if (address == null) {
            throw new UnknownHostException(name);
        }
        return List.of(InetAddress.getAllByName(address));
    }

    /** As shipped, but for the names, the certificate, and that this computer counts as public. */
    private static AttachmentResolver resolver(Duration mostTime) {
        return HttpsOnAnotherNetwork.resolver(
                List.of("files.example:" + port(), "*.files.example:" + port(), "secure.example"),
                HttpsAttachmentsTest::lookUp,
                address -> PublicAddress.is(address) || address.getHostAddress().equals("127.0.0.1"),
                http -> http.sslSocketFactory(server.clientSockets(), server.trust()),
                mostTime);
    }

    private static ToolResult call(String link, Duration mostTime, CallContext context) {
        return sandbox.bound(Unguarded.policy().attachments(resolver(mostTime)))
                .call(CREATE_NOTE_WITH_FILES, TestFiles.message(link.replace("PORT", port()), "a.jpg"), context);
    }

    private static void refused(String link, String message) {
        ToolResult result = call(link, Duration.ofSeconds(30), CallContext.none());

        assertThat(result.isError()).isTrue();
        assertThat(result.text())
                .startsWith("Nothing was sent. In attachments, \"a.jpg\": ")
                .contains(message)
                .doesNotContain("Exception", "s3cret");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://files.example:PORT/photo.jpg",
                "https://eu.files.example:PORT/photo.jpg?signature=s3cret",
                "HTTPS://FILES.example:PORT/chunked",
                "https://files.example:PORT/to//photo.jpg",
                "https://files.example:PORT/to/https://eu.files.example:PORT/photo.jpg",
            })
    void a_link_on_the_list_is_fetched(String link) {
        ToolResult result = call(link, Duration.ofSeconds(30), CallContext.none());

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(Expect.map(
                        Expect.list(Expect.answer(result).get("sent_files")).get(0)))
                .containsEntry("media_type", "image/jpeg")
                .containsEntry("file_size", 7L);
        assertThat(sandbox.exchanges()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://other.example:PORT/photo.jpg          | It accepts: An https link to a file on",
                "https://files.example/photo.jpg               | It accepts: An https link to a file on",
                "https://files.example.evil.example:PORT/a     | It accepts: An https link to a file on",
                "https://127.0.0.1:PORT/photo.jpg              | It accepts: An https link to a file on",
                "https://[::1]:PORT/photo.jpg                  | It accepts: An https link to a file on",
                "https://2130706433:PORT/photo.jpg             | It accepts: An https link to a file on",
                "https://169.254.169.254/latest/meta-data      | It accepts: An https link to a file on",
                "https://files.example@other.example:PORT/a    | It accepts: An https link to a file on",
                "https://user:s3cret@files.example:PORT/a      | user name",
                "https://                                      | The link is not valid",
                "http://files.example:PORT/photo.jpg           | It accepts: An https link to a file on",
                "http://169.254.169.254/latest/meta-data       | It accepts: An https link to a file on",
            })
    void any_other_link_is_refused_and_not_followed(String link, String message) {
        refused(link, message);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.9.9",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "127.0.0.2",
                "0.0.0.0",
                "::1",
                "fe80::1",
                "fd00:ec2::254",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
            })
    void a_name_that_leads_to_an_address_that_is_not_public_is_refused(String address) {
        NAMES.put("secure.example", address);

        refused("https://secure.example/photo.jpg", "has no public address");
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://other.example:PORT/photo.jpg      | is on a server that is not allowed",
                "https://169.254.169.254/latest/meta-data  | is on a server that is not allowed",
                "http://169.254.169.254/latest/meta-data   | is not https",
                "http://files.example:PORT/photo.jpg       | is not https",
                "file:///etc/passwd                        | redirects to an invalid link",
                "https://secure.example/photo.jpg          | has no public address",
            })
    void a_redirect_is_checked_like_the_link(String target, String message) {
        NAMES.put("secure.example", "10.0.0.1");

        refused("https://files.example:PORT/to/" + target, message);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void a_host_that_is_not_there_or_is_not_who_it_says_is_told_from_a_fault() {
        NAMES.remove("files.example");
        refused("https://files.example:PORT/photo.jpg", "cannot be reached over https");

        // The certificate does not have this name.
        NAMES.put("stranger.files.example", "127.0.0.1");
        refused("https://stranger.files.example:PORT/photo.jpg", "cannot be reached over https");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void what_is_connected_to_is_the_address_that_was_checked() {
        NAMES.put("rebound.files.example", "127.0.0.1");

        String link = "https://rebound.files.example:PORT/photo.jpg";
        assertThat(call(link, Duration.ofSeconds(30), CallContext.none()).isError())
                .isFalse();
        sandbox.forget();
        refused(link, "has no public address");
    }

    @Test
    void redirects_end_somewhere() {
        String circle = "/to/".repeat(20) + "x";

        refused("https://files.example:PORT" + circle, "redirects too often; give the final link");
        assertThat(server.asked()).hasSizeLessThan(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gone    | responded 404",
                "bomb    | compressed",
                "large   | larger than 25 MiB",
                "endless | larger than 25 MiB",
                "short   | This host failed to read it",
            })
    void what_comes_is_checked(String path, String message) {
        refused("https://files.example:PORT/" + path, message);
    }

    @Test
    void a_fetch_ends_in_time() {
        long start = System.nanoTime();

        ToolResult result = call("https://files.example:PORT/slow", Duration.ofMillis(700), CallContext.none());

        assertThat(result.text()).contains("It took too long to fetch.");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_fetch_ends_when_the_call_is_cancelled() throws Exception {
        Cancellation stop = new Cancellation();
        Thread stopper = new Thread(() -> {
            while (server.asked().isEmpty()) {
                Thread.onSpinWait();
            }
            stop.cancel();
        });
        stopper.start();

        ToolResult result = call(
                "https://files.example:PORT/slow",
                Duration.ofSeconds(30),
                CallContext.none().cancellation(stop));

        assertThat(result.errorCode()).isEqualTo("cancelled");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "10.0.0.1", "*.1", "[::1]", "https://files.example", "files.example/a", "a b"})
    void a_list_has_names_of_hosts(String host) {
        assertThatThrownBy(() -> AttachmentResolver.https(host)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"})
    void public_addresses_are_public(String address) throws UnknownHostException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isTrue();
    }
}
