package io.github.desk365mcp.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Interceptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A TLS failure is explained, with a remedy, because "no response" alone does not help. */
@Timeout(120)
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void make_certificates() throws Exception {
        keytool("-genkeypair", "-alias", "ca", "-ext", "bc:c", "-keystore", "ca.p12");
        signed("good", "-ext", "san=ip:127.0.0.1");
        signed("other", "-ext", "san=dns:other.example");
        signed("proxied", "-ext", "san=dns:acme.desk365.example");
        signed("old", "-ext", "san=ip:127.0.0.1", "-startdate", "-30d", "-validity", "10");
        signed("young", "-ext", "san=ip:127.0.0.1", "-startdate", "+10d", "-validity", "10");
    }

    /** Adds a certificate that the authority has signed to a copy of the authority's key store. */
    private static void signed(String name, String... certificate) throws Exception {
        String store = name + ".p12";
        Files.copy(folder.resolve("ca.p12"), folder.resolve(store));
        List<String> arguments =
                new ArrayList<>(List.of("-genkeypair", "-alias", name, "-signer", "ca", "-keystore", store));
        arguments.addAll(List.of(certificate));
        keytool(arguments.toArray(String[]::new));
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1"));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-dname", "CN=" + arguments[2]));
        }
        Path output = folder.resolve("keytool.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private static KeyStore store(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        // The authority is trusted, and its key is not a server's.
        Certificate authority = store.getCertificate("ca");
        store.deleteEntry("ca");
        store.setCertificateEntry("ca", authority);
        return store;
    }

    private static SSLContext server(String certificate) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(certificate), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLServerSocket unbound(String certificate) throws IOException, GeneralSecurityException {
        return (SSLServerSocket) server(certificate).getServerSocketFactory().createServerSocket();
    }

    /** Answers one request per connection, and counts the requests. */
    private static final class Server implements AutoCloseable {

        private final SSLServerSocket socket;
        private final AtomicInteger requests = new AtomicInteger();

        Server(String certificate, String... protocols) throws IOException, GeneralSecurityException {
            socket = unbound(certificate);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        URI address() {
            return URI.create("https://127.0.0.1:" + socket.getLocalPort() + "/apis");
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (SSLSocket client = (SSLSocket) socket.accept()) {
                    if (client.getInputStream().read() >= 0) {
                        requests.incrementAndGet();
                        client.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine".getBytes(US_ASCII));
                    }
                } catch (IOException e) {
                    // The client did not trust the certificate, or the test is over.
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /**
     * A proxy that wants a user and password, and then opens TLS: it shows a certificate of its own for the target, and
     * reads the requests in the tunnel.
     */
    private static final class OpeningProxy implements AutoCloseable {

        private static final String CREDENTIALS = okhttp3.Credentials.basic("rita", "s3cret");

        private final ServerSocket socket = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"));
        private final SSLContext tls;

        /** What the proxy has read outside of tunnels, and inside. */
        private final List<String> outside = new CopyOnWriteArrayList<>();

        private final List<String> inside = new CopyOnWriteArrayList<>();

        OpeningProxy(String certificate) throws IOException, GeneralSecurityException {
            tls = server(certificate);
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    String head = head(client);
                    outside.add(head);
                    if (!head.contains("\r\nProxy-Authorization: " + CREDENTIALS + "\r\n")) {
                        say(client, "407 Who?\r\nProxy-Authenticate: Basic realm=\"x\"\r\nConnection: close", "");
                        continue;
                    }
                    client.getOutputStream().write("HTTP/1.1 200 Tunnel\r\n\r\n".getBytes(US_ASCII));
                    try (SSLSocket tunnel =
                            (SSLSocket) tls.getSocketFactory().createSocket(client, "127.0.0.1", 443, false)) {
                        tunnel.setUseClientMode(false);
                        inside.add(head(tunnel));
                        say(tunnel, "200 OK", "fine");
                    }
                } catch (IOException e) {
                    // The client did not trust the certificate, or the test is over.
                }
            }
        }

        private static String head(Socket client) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = client.getInputStream().read();
                if (next < 0) {
                    throw new IOException("The client has left");
                }
                head.append((char) next);
            }
            return head.toString();
        }

        private static void say(Socket client, String status, String body) throws IOException {
            String response = "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            client.getOutputStream().write(response.getBytes(US_ASCII));
        }

        /** Returns a client of this proxy that trusts the test's authority, or only the usual ones. */
        Desk365Client client(boolean isTrusted) throws IOException, GeneralSecurityException {
            Desk365Client.Builder client = builder(URI.create("https://acme.desk365.example/apis"));
            TrustManagerFactory trust = trust();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return client.httpClient(http -> {
                        okhttp3.OkHttpClient.Builder proxied = http.proxy(
                                        new Proxy(Proxy.Type.HTTP, socket.getLocalSocketAddress()))
                                .proxyAuthenticator(
                                        (route, response) -> response.request().header("Proxy-Authorization") != null
                                                ? null
                                                : response.request()
                                                        .newBuilder()
                                                        .header("Proxy-Authorization", CREDENTIALS)
                                                        .build());
                        return isTrusted
                                ? proxied.sslSocketFactory(
                                        context.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0])
                                : proxied;
                    })
                    .build();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A logger may do this: from then on, the text of the socket's address has a host name. */
    private static final class LooksUpNames extends okhttp3.EventListener {

        @Override
        public void connectionAcquired(okhttp3.Call call, okhttp3.Connection connection) {
            assertThat(connection.socket().getInetAddress().getHostName()).isNotEmpty();
        }
    }

    private static TrustManagerFactory trust() throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("ca", store("ca").getCertificate("ca"));
        trust.init(authorities);
        return trust;
    }

    private static Desk365Client trusting(URI address) throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = trust();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        X509TrustManager manager = (X509TrustManager) trust.getTrustManagers()[0];
        return builder(address)
                .httpClient(http -> http.sslSocketFactory(context.getSocketFactory(), manager)
                        .eventListener(new LooksUpNames()))
                .build();
    }

    private static Desk365Client.Builder builder(URI address) {
        return Desk365Client.builder()
                .baseUrl(address)
                .apiKey(RawServer.KEY)
                .options(o -> o.timeout(Duration.ofSeconds(20)).retry(RetryPolicy.upTo(3)))
                .time(java.time.Clock.systemUTC(), (wait, cancellation) -> {
                    throw new AssertionError("what a person must mend was tried again");
                });
    }

    private static void isTold(Server server, Desk365Client desk, String reason) {
        TlsException failure =
                catchThrowableOfType(TlsException.class, () -> desk.tickets().update(1, t -> t.subject("x")));
        assertThat(failure.reason()).startsWith("TLS: ").contains(reason);
        assertThat(failure.mayHaveArrived()).isFalse();
        assertThat(failure)
                .hasMessage("update ticket: no response (" + failure.reason() + "); nothing was sent")
                .hasMessageNotContaining("127.0.0.1");
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void a_certificate_that_is_trusted_is_no_fault() throws Exception {
        try (Server server = new Server("good")) {
            assertThat(trusting(server.address()).ping()).isEqualTo("fine");
        }
    }

    @Test
    void a_client_of_a_plain_address_downloads_over_https() throws Exception {
        try (Server server = new Server("good")) {
            ByteArrayOutputStream target = new ByteArrayOutputStream();

            trusting(URI.create("http://127.0.0.1:9/apis")).download(server.address() + "/file.txt", target, 4);

            assertThat(target).hasToString("fine");
        }
    }

    @Test
    void an_interceptor_may_send_requests_for_a_plain_address_to_an_https_address() throws Exception {
        TrustManagerFactory trust = trust();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (Server server = new Server("good")) {
            Desk365Client.Builder plain = builder(URI.create("http://127.0.0.1:9/apis"));

            isTold(
                    server,
                    plain.httpClient(http -> http.addInterceptor(to(server))).build(),
                    "from an authority that this Java does not trust");
            assertThat(plain.httpClient(http -> http.addInterceptor(to(server))
                                    .sslSocketFactory(
                                            context.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0]))
                            .build()
                            .ping())
                    .isEqualTo("fine");
        }
    }

    private static Interceptor to(Server server) {
        return chain -> chain.proceed(chain.request()
                .newBuilder()
                .url(chain.request()
                        .url()
                        .newBuilder()
                        .scheme("https")
                        .port(server.address().getPort())
                        .build())
                .build());
    }

    /** TLS hides the content of a response, but not that one arrived. */
    @Test
    void an_answer_too_many_is_seen_under_tls() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        try (RawServer server = new RawServer(unbound("good"), "127.0.0.1", (request, connection) -> {
            String body = "{\"ticket_number\": " + request.query("ticket_number") + "}";
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            connection.say(answers.getAndIncrement() == 0 ? answer + answer : answer);
        })) {
            Desk365Client desk = trusting(URI.create("https://127.0.0.1:" + server.port() + "/apis"))
                    .with(o -> o.retry(RetryPolicy.never()));
            desk.tickets().get(8906);

            TransportException failure = catchThrowableOfType(
                    TransportException.class, () -> desk.tickets().update(8906, t -> t.status("Open")));
            assertThat(failure.mayHaveArrived()).isTrue();
            // The server may or may not have read it from the closed connection.
            assertThat(server.requests()).hasSizeBetween(1, 2);
            assertThat(desk.tickets().get(8906).ticketNumber()).isEqualTo(8906);
            assertThat(server.connections()).hasSize(2);
        }
    }

    @Test
    void a_proxy_with_a_password_that_opens_tls_is_used_if_its_authority_is_trusted() throws Exception {
        try (OpeningProxy proxy = new OpeningProxy("proxied")) {
            assertThat(proxy.client(true).ping()).isEqualTo("fine");

            assertThat(proxy.outside)
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("CONNECT acme.desk365.example:443 HTTP/1.1")
                            .doesNotContain(RawServer.KEY));
            assertThat(proxy.inside)
                    .singleElement()
                    .asString()
                    .startsWith("GET /apis/v3/ping")
                    .contains(RawServer.KEY);
        }
    }

    @Test
    void a_proxy_that_opens_tls_with_an_unknown_authority_is_told_and_gets_no_request() throws Exception {
        try (OpeningProxy proxy = new OpeningProxy("proxied")) {
            Desk365Client desk = proxy.client(false);
            TlsException failure = catchThrowableOfType(
                    TlsException.class, () -> desk.tickets().get(1));

            assertThat(failure.reason()).contains("from an authority that this Java does not trust");
            assertThat(failure.mayHaveArrived()).isFalse();
            assertThat(proxy.inside).isEmpty();
        }
    }

    @Test
    void another_host_name_is_told() throws Exception {
        try (Server server = new Server("other")) {
            isTold(server, trusting(server.address()), "for another host name: check the subdomain");
        }
    }

    @Test
    void an_expired_certificate_is_told() throws Exception {
        try (Server server = new Server("old")) {
            isTold(server, trusting(server.address()), "has expired: check the clock of this machine");
        }
    }

    @Test
    void a_certificate_of_the_future_is_told() throws Exception {
        try (Server server = new Server("young")) {
            isTold(server, trusting(server.address()), "is not valid yet: check the clock of this machine");
        }
    }

    @Test
    void an_unknown_authority_is_told() throws Exception {
        try (Server server = new Server("good")) {
            isTold(server, builder(server.address()).build(), "from an authority that this Java does not trust");
        }
    }

    @Test
    void two_sides_with_no_version_in_common_are_told() throws Exception {
        try (Server server = new Server("good", "TLSv1.2")) {
            Desk365Client desk = builder(server.address())
                    .httpClient(http -> http.connectionSpecs(
                            List.of(new okhttp3.ConnectionSpec.Builder(okhttp3.ConnectionSpec.MODERN_TLS)
                                    .tlsVersions(okhttp3.TlsVersion.TLS_1_3)
                                    .build())))
                    .build();
            isTold(server, desk, "no version or cipher suite in common");
        }
    }

    @Test
    void a_server_without_tls_is_told() throws Exception {
        // Sends a response that is not TLS as soon as a client connects.
        try (java.net.ServerSocket plain = new java.net.ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> {
                try (java.net.Socket client = plain.accept()) {
                    client.getOutputStream().write("HTTP/1.1 400 Plain\r\n\r\n".getBytes(US_ASCII));
                    client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The test is over.
                }
            });
            thread.setDaemon(true);
            thread.start();
            TlsException failure = catchThrowableOfType(
                    TlsException.class,
                    () -> builder(URI.create("https://127.0.0.1:" + plain.getLocalPort()))
                            .build()
                            .ping());
            assertThat(failure.reason()).contains("the server does not speak TLS: check the address");
        }
    }

    @Test
    void a_handshake_that_breaks_off_may_be_tried_again() throws Exception {
        try (java.net.ServerSocket rude = new java.net.ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> {
                try (java.net.Socket client = rude.accept()) {
                    client.getInputStream().read();
                } catch (IOException e) {
                    // The test is over.
                }
            });
            thread.setDaemon(true);
            thread.start();
            TransportException failure = catchThrowableOfType(
                    TransportException.class,
                    () -> builder(URI.create("https://127.0.0.1:" + rude.getLocalPort()))
                            .options(o -> o.retry(RetryPolicy.never()))
                            .build()
                            .ping());
            assertThat(failure).isNotInstanceOf(TlsException.class);
            assertThat(failure.mayHaveArrived()).isFalse();
        }
    }
}
