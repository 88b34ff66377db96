package io.github.desk365mcp.tools;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.FaultServer.Answer;
import io.github.desk365mcp.tools.FaultServer.Connection;
import io.github.desk365mcp.tools.FaultServer.EarlyFault;
import io.github.desk365mcp.tools.FaultServer.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** What can go wrong between a call and its answer, and what is promised for it. */
final class FaultTable implements AutoCloseable {

    /** What an answer says about the change that was asked for. */
    enum Change {
        MADE("made"),
        NOT_MADE("not made"),
        UNKNOWN("unknown, and how to find out");

        final String words;

        Change(String words) {
            this.words = words;
        }
    }

    /** The way of a client to the server. */
    interface Client {

        default URI address(FaultBench bench) {
            return bench.server().baseUrl();
        }

        OkHttpClient.Builder change(FaultBench bench, OkHttpClient.Builder http);
    }

    static final Client PLAIN = (bench, http) -> http;

    /** A fault and what is promised for it. */
    static final class Row {

        final String group;
        final String name;
        final Fault fault;
        Client client = PLAIN;
        Duration limit = Duration.ofSeconds(30);
        Predicate<String> tools = tool -> true;

        /** A write of the client. */
        Consumer<Desk365Client> call = desk -> desk.tickets().note(4052, "Called her back.");

        /** What the client throws for it. */
        String thrown = "nothing";

        /** The error code of a read, or {@code done}. */
        String read = DONE;

        /** The error code of a write, or {@code done}. */
        String write = DONE;

        Change change = Change.MADE;

        /** How many requests that write arrive, even if only in part. */
        int arrived = 1;

        /** How many of them the service carries out. */
        int carriedOut = 1;

        /** What each answer to a write says. */
        String says = "";

        /** What happens at the server once the call has ended. */
        Runnable then = () -> {};

        Row(String group, String name, Fault fault) {
            this.group = group;
            this.name = name;
            this.fault = fault;
        }

        /** Nothing was written, and the answer says so. */
        Row notMade(String exception, String code, String words) {
            thrown = exception + ", not carried out";
            read = code;
            write = code;
            change = Change.NOT_MADE;
            carriedOut = 0;
            says = words;
            return this;
        }

        /** The request left, and nobody can know from the answer what became of it. */
        Row unknown(String exception, String readCode, String code, String words) {
            thrown = exception + ", may have arrived";
            read = readCode;
            write = code;
            change = Change.UNKNOWN;
            says = words;
            return this;
        }

        Row unknown() {
            return unknown("TransportException", NO_ANSWER, UNKNOWN_OUTCOME, "Desk365 did not answer.");
        }

        Row unreadable() {
            return unknown(
                    "InvalidResponseException", UNREADABLE, UNREADABLE, "Whether the change was made is unknown.");
        }

        /** The service did not carry it out. */
        Row idle() {
            carriedOut = 0;
            return this;
        }

        /** Nothing arrived. */
        Row unsent(String exception, String words) {
            notMade(exception, NO_ANSWER, words);
            arrived = 0;
            return this;
        }

        Row waits(String wait) {
            thrown += wait;
            return this;
        }

        Row through(Client way) {
            client = way;
            return this;
        }

        /** The server leaves the client waiting, as long as it likes to wait. */
        Row endless() {
            limit = SHORT;
            return unknown();
        }

        Row from(Consumer<Desk365Client> other) {
            call = other;
            return this;
        }

        Row followedBy(Runnable next) {
            then = next;
            return this;
        }

        Row only(Predicate<String> names) {
            tools = names;
            return this;
        }

        @Override
        public String toString() {
            return group + ": " + name;
        }
    }

    /** Long enough for a request to which a busy machine answers. */
    static final Duration SHORT = Duration.ofMillis(2_500);

    private static final String NO_ANSWER = "no_answer";
    private static final String UNKNOWN_OUTCOME = "unknown_outcome";
    private static final String UNREADABLE = "unreadable_answer";
    private static final String DONE = "done";

    private static final String NO = "{\"message\":\"No\"}";
    private static final String GZIP = "Content-Encoding: gzip";
    private static final String NOTHING = "Content-Length: 0\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String HALF_A_HEAD = "HTTP/1.1 200 OK\r\nContent-Le";
    private static final String HALF_A_BODY = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"ticket_number\"";

    /** Nobody is asked for it. */
    private static final String SERVICE = "https://acme.desk365.example";

    private static final byte[] ZEROS = "0,".repeat(1 << 15).getBytes(UTF_8);
    private static final int MANY = 100_000;
    private static final long TWO_GIGABYTES = 2L << 30;

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final List<Row> rows = new ArrayList<>();
    private final Path folder;
    private final FaultServer elsewhere;
    private final byte[] bomb = bomb();
    private String group = "";

    /** The largest number of bytes that were sent before a client left an answer without end. */
    private final AtomicLong longest = new AtomicLong();

    FaultTable(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        this.elsewhere = new FaultServer(URI.create("http://127.0.0.1:9/apis"));
        connections();
        silence();
        pieces();
        texts();
        redirects();
        statuses();
        waits();
        ways();
    }

    List<Row> rows() {
        return rows;
    }

    AtomicLong longest() {
        return longest;
    }

    /** The host to which redirects point. */
    FaultServer elsewhere() {
        return elsewhere;
    }

    @Override
    public void close() throws IOException {
        elsewhere.close();
    }

    private Row row(String name, Fault fault) {
        Row row = new Row(group, name, fault);
        rows.add(row);
        return row;
    }

    // What a server does.

    /** Answers and does nothing. */
    static Fault answers(int status, String body, String... headers) {
        return connection -> {
            connection.readBody();
            connection.say(new Answer(status, List.of(headers), body.getBytes(UTF_8)));
        };
    }

    /** Answers with a status alone. */
    static void say(Connection connection, int status) throws IOException {
        connection.say(new Answer(status, List.of(), new byte[0]));
    }

    /** Does what it was asked for, and answers something else. */
    private static Fault replaces(int status, String body, String... headers) {
        return rewrites(answer -> new Answer(status, List.of(headers), body.getBytes(UTF_8)));
    }

    private static Fault rewrites(UnaryOperator<Answer> change) {
        return connection -> connection.say(change.apply(connection.forward()));
    }

    /** Writes the first bytes of its answer, and then does something else. */
    private static Fault breaks(String head, Fault then) {
        return connection -> {
            connection.forward();
            connection.say(head);
            then.play(connection);
        };
    }

    private static UnaryOperator<Answer> inserts(String fields) {
        return answer ->
                answer.with(answer.text().replaceFirst("\\{", "{" + fields).getBytes(UTF_8));
    }

    static Fault drips(int bytes, long millis) {
        return connection -> {
            Answer answer = connection.forward();
            byte[] whole = answer.counted(0);
            int size = Math.max(1, whole.length / bytes);
            CountDownLatch never = new CountDownLatch(1);
            try {
                for (int at = 0; at < whole.length; at += size) {
                    connection.out().write(whole, at, Math.min(size, whole.length - at));
                    if (never.await(millis, TimeUnit.MILLISECONDS)) {
                        throw new AssertionError();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Returns some kilobytes that unpack to 70 MB. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write('[');
            for (int written = 0; written < 70_000_000; written += ZEROS.length) {
                gzip.write(ZEROS);
            }
        }
        return packed.toByteArray();
    }

    /** An upload of which the server reads nothing before the call has ended. */
    static Row unread() {
        CountDownLatch ended = new CountDownLatch(1);
        return new Row("An upload", "the server stops reading it", connection -> {
                    try {
                        ended.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    connection.stall();
                })
                .unknown()
                .idle()
                // Only until the call has ended: on a busy machine, the repeated one may take longer.
                .through((bench, http) -> http.addInterceptor(chain -> (ended.getCount() > 0
                                ? chain.withWriteTimeout((int) SHORT.toMillis(), TimeUnit.MILLISECONDS)
                                : chain)
                        .proceed(chain.request())))
                .followedBy(ended::countDown);
    }

    private static byte[] packed(byte[] bytes) {
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes);
            }
            return packed.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endless(Connection connection) throws IOException {
        connection.forward();
        connection.say("HTTP/1.1 200 OK\r\nContent-Length: " + TWO_GIGABYTES + "\r\n\r\n[");
        long sent = 0;
        try {
            for (; sent < TWO_GIGABYTES; sent += ZEROS.length) {
                connection.say(ZEROS);
            }
        } finally {
            long all = sent;
            longest.updateAndGet(before -> Math.max(before, all));
        }
    }

    // The rows.

    private void connections() {
        group = "The connection breaks";
        row("the port refuses connections", connection -> {})
                .unsent("TransportException", "nothing was changed")
                .through(way(bench -> "http://127.0.0.1:" + closedPort(), (bench, http) -> http));
        row("reset once the request has come in part", Connection::reset)
                .unknown()
                .idle();
        row("reset after the request, which was not carried out", connection -> {
                    connection.readBody();
                    connection.reset();
                })
                .unknown()
                .idle();
        row("reset after the request was carried out", breaks("", Connection::reset))
                .unknown();
        row("closed after the request was carried out", breaks("", Connection::close))
                .unknown();
        row("reset within the status line", breaks("HTTP/1.1 20", Connection::reset))
                .unknown();
        row("reset within the headers", breaks(HALF_A_HEAD, Connection::reset)).unknown();
        row("reset within the body", breaks(HALF_A_BODY, Connection::reset)).unknown();
    }

    private void silence() {
        group = "The server is silent or slow";
        row("it does not read the request", Connection::stall).endless().idle();
        row("no answer, though the request was carried out", breaks("", Connection::stall))
                .endless();
        row("the headers stop", breaks(HALF_A_HEAD, Connection::stall)).endless();
        row("the body stops", breaks(HALF_A_BODY, Connection::stall)).endless();
        row("a few bytes at a time, longer than the limit", drips(100, 100)).endless();
        row("a few bytes at a time, within the limit", drips(10, 10));
    }

    private void pieces() {
        group = "The answer is cut or counted wrong";
        row("a chunk is cut", breaks(CHUNKED + "40\r\n{\"ticket_number\"", Connection::close))
                .unknown();
        row("the last chunk is missing", connection -> {
                    byte[] body = connection.forward().body();
                    connection.say(CHUNKED + Integer.toHexString(body.length) + "\r\n");
                    connection.say(body);
                    connection.say("\r\n");
                    connection.close();
                })
                .unknown();
        row("the length of a chunk is no number", breaks(CHUNKED + "many\r\n{}", Connection::close))
                .unknown();
        row("Content-Length is too large", connection -> {
                    connection.say(connection.forward().counted(9));
                    connection.close();
                })
                .unknown();
        row(
                        "Content-Length is too small",
                        connection -> connection.say(connection.forward().counted(-9)))
                .unreadable();
        row("Content-Length is negative", breaks("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}", Connection::stall))
                .unknown();
        row("it is not HTTP", breaks("What?\r\n\r\n", Connection::close)).unknown();
        row("gzip", rewrites(answer -> answer.with(packed(answer.body()), GZIP)));
        row("gzip that is none", rewrites(answer -> answer.with(answer.body(), GZIP)))
                .unknown();
        row("gzip that unpacks to 70 MB", rewrites(answer -> answer.with(bomb, GZIP)))
                .unreadable();
        row("2 GB", this::endless).unreadable();
    }

    private void texts() {
        group = "The answer is not what was described";
        row("JSON that is cut", replaces(200, "{\"ticket_number\": 40")).unreadable();
        row("a page of HTML with 200", replaces(200, "<!doctype html><title>Log in</title>"))
                .unreadable();
        row("200 without a body", replaces(200, "")).unreadable();
        row("204", breaks("HTTP/1.1 204 No Content\r\n\r\n", connection -> {})).unreadable();
        row("100,000 levels", replaces(200, "[".repeat(MANY) + "]".repeat(MANY)))
                .unreadable();
        row("one key with two values", rewrites(inserts("\"twice\":1,\"twice\":2,")))
                .unreadable();
        row("NaN", rewrites(inserts("\"number\":NaN,"))).unreadable();
        row("half of a character", rewrites(inserts("\"half\":\"\\\\ud83d\",")));
        row("a byte order mark", rewrites(answer -> answer.with(("\uFEFF" + answer.text()).getBytes(UTF_8))));
        row(
                        "UTF-16 with a byte order mark",
                        rewrites(answer -> answer.with(answer.text().getBytes(UTF_16))))
                .unreadable();
        row("UTF-16 without one", rewrites(answer -> answer.with(answer.text().getBytes(UTF_16LE))));
    }

    private void redirects() {
        group = "The server redirects";
        String other = "Location: " + elsewhere.baseUrl();
        for (int status : List.of(301, 302, 303, 307, 308)) {
            row(status + " to another host", replaces(status, "", other))
                    .unknown("ApiException", "redirected", UNKNOWN_OUTCOME, "The response was " + status);
        }
        row("307 to the same address, without end", replaces(307, "", "Location: ?"))
                .unknown("ApiException", "redirected", UNKNOWN_OUTCOME, "The response was 307");
    }

    private void statuses() {
        group = "The server refuses or fails";
        refuses(400, "ApiException", "refused", "Nothing was done.");
        refuses(401, "UnauthorizedException", "unauthorized", "API key (401)");
        refuses(403, "ForbiddenException", "forbidden", "(403)");
        refuses(404, "NotFoundException", "not_found", "Desk365 ");
        for (int status : List.of(405, 413, 414, 415)) {
            refuses(status, "ApiException", "refused", "(" + status + ")");
        }
        refuses(429, "RateLimitedException", "rate_limited", "Nothing was done.");
        row("409 for what has a name", answers(409, NO))
                .notMade("ConflictException", "conflict", "Desk365 refused this")
                .from(desk -> desk.companies().create("Northwind", company -> {}))
                .only(name -> !UntrueAnswersTest.NAMELESS.contains(name));
        row("409 for what has no name, and so cannot conflict", answers(409, NO))
                .unknown("ConflictException", "conflict", UNKNOWN_OUTCOME, "The response was 409")
                .idle()
                .only(UntrueAnswersTest.NAMELESS::contains);
        for (int status : List.of(500, 502, 503, 504)) {
            fails(status + ", though the request was carried out", replaces(status, NO));
        }
        fails("503, and the request was not carried out", answers(503, NO)).idle();
        fails("502 with a page of HTML", replaces(502, "<html>Bad gateway</html>", "Content-Type: text/html"));
    }

    private Row refuses(int status, String exception, String code, String words) {
        return row(String.valueOf(status), answers(status, NO)).notMade(exception, code, words);
    }

    private Row fails(String name, Fault fault) {
        return row(name, fault)
                .unknown("ApiException", "unavailable", "unavailable", "Whether it was carried out is unknown.");
    }

    private void waits() {
        group = "Retry-After";
        String unclear = "Wait a minute (Plus, Premium) or up to an hour (Standard) before the next call.";
        limited("seconds", "7", ", wait 7 s", "Wait 7 seconds");
        limited("zero", "0", ", wait 0 s", unclear);
        limited("a negative number", "-5", "", unclear);
        limited("a huge number", "9".repeat(30), ", wait 31536000 s", "Wait 60 minutes");
        limited("junk", "soon", "", unclear);
        dated("a date in 90 seconds", 90, ", wait 90 s", "Wait 90 seconds");
        dated("a date in the past", -90, ", wait 0 s", unclear);
        fails("503 with seconds", answers(503, NO, "Retry-After: 7")).idle().waits(", wait 7 s");
        fails("503 with zero", answers(503, NO, "Retry-After: 0")).idle().waits(", wait 0 s");
    }

    private void limited(String name, String value, String wait, String words) {
        row("429 with " + name, answers(429, NO, "Retry-After: " + value))
                .notMade("RateLimitedException", "rate_limited", words)
                .waits(wait);
    }

    private void dated(String name, long seconds, String wait, String words) {
        row("429 with " + name, connection -> {
                    Instant now = Instant.now();
                    String date = "Date: " + HTTP_DATE.format(now);
                    String after = "Retry-After: " + HTTP_DATE.format(now.plusSeconds(seconds));
                    answers(429, NO, date, after).play(connection);
                })
                .notMade("RateLimitedException", "rate_limited", words)
                .waits(wait);
    }

    private void ways() throws IOException, GeneralSecurityException {
        group = "The way to the server";
        KeyStore keys = certificates();
        distrusted("a certificate for another name", keys, "other").unsent("TlsException", "for another host name");
        distrusted("a certificate that has expired", keys, "old").unsent("TlsException", "has expired");
        row("a host name that nobody knows", connection -> {})
                .unsent("TransportException", "nothing was changed")
                .through(way(
                        bench -> SERVICE,
                        (bench, http) -> http.dns(host -> {
                            throw new UnknownHostException(host);
                        })));
        row("a proxy that is down", connection -> {})
                .unsent("TransportException", "nothing was changed")
                .through(way(bench -> SERVICE, (bench, http) -> http.proxy(proxy(closedPort()))));
        Client proxied = way(
                bench -> SERVICE,
                (bench, http) -> http.proxy(proxy(bench.server().port())));
        row("a proxy that wants a password (407)", (EarlyFault) connection -> {
                    connection.say("HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"x\"\r\n" + NOTHING);
                    connection.stall();
                })
                .unsent("TransportException", "the proxy requires another user and password (407)")
                .through(proxied);
        row("a proxy that does not reach the server (502)", (EarlyFault) connection -> {
                    connection.say("HTTP/1.1 502 No\r\n" + NOTHING);
                    connection.stall();
                })
                .unsent("TransportException", "the proxy refused to connect to the service (502)")
                .through(proxied);
    }

    private static Client way(
            Function<FaultBench, String> address,
            BiFunction<FaultBench, OkHttpClient.Builder, OkHttpClient.Builder> change) {
        return new Client() {
            @Override
            public URI address(FaultBench bench) {
                return URI.create(address.apply(bench) + "/apis");
            }

            @Override
            public OkHttpClient.Builder change(FaultBench bench, OkHttpClient.Builder http) {
                return change.apply(bench, http);
            }
        };
    }

    private static Proxy proxy(int port) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", port));
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeyStore certificates() throws IOException, GeneralSecurityException {
        Path file = folder.resolve("faults.p12");
        TlsServer.keytool(file, "-alias ca -dname CN=ca -ext bc:c");
        TlsServer.keytool(file, "-alias other -dname CN=other -signer ca -ext san=dns:other.example");
        TlsServer.keytool(
                file, "-alias old -dname CN=old -signer ca -ext san=ip:127.0.0.1 -startdate -30d -validity 10");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, TlsServer.PASSWORD);
        }
        return keys;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** A server with one of the certificates, and clients that trust their authority. */
    private Row distrusted(String name, KeyStore keys, String alias) throws IOException, GeneralSecurityException {
        KeyStore one = empty();
        char[] password = TlsServer.PASSWORD;
        one.setKeyEntry(alias, keys.getKey(alias, password), password, keys.getCertificateChain(alias));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(one, password);
        SSLContext server = SSLContext.getInstance("TLS");
        server.init(own.getKeyManagers(), null, null);

        KeyStore authority = empty();
        authority.setCertificateEntry("ca", keys.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authority);
        X509TrustManager trusted = (X509TrustManager) trust.getTrustManagers()[0];
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        return row(name, (EarlyFault) connection -> connection.handshake(server))
                .through(way(
                        bench -> "https://127.0.0.1:" + bench.server().port(),
                        (bench, http) -> http.sslSocketFactory(client.getSocketFactory(), trusted)));
    }
}
