package io.github.desk365mcp.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A loopback server that fails where a test wants it to, and records the requests that arrived completely. */
final class RawServer implements AutoCloseable {

    static final String KEY = "k3y-of-the-tests";

    /** What happens once a request has arrived completely. */
    @FunctionalInterface
    interface Answer {

        void to(Request request, Connection connection) throws IOException;
    }

    /** A complete request; only the first MiB of its body is kept. */
    record Request(String head, byte[] body, int connection) {

        String method() {
            return head.substring(0, head.indexOf(' '));
        }

        String target() {
            return head.split(" ", 3)[1];
        }

        String header(String name) {
            return headers()
                    .getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))
                    .get(0);
        }

        Map<String, List<String>> headers() {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            head.lines().skip(1).filter(line -> line.contains(":")).forEach(line -> {
                String[] header = line.split(":", 2);
                headers.computeIfAbsent(header[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(header[1].strip());
            });
            return headers;
        }

        boolean isWhole() {
            return String.valueOf(body.length).equals(header("Content-Length"))
                    || header("Content-Length").isEmpty();
        }

        @Nullable
        String query(String name) {
            for (String pair : target().substring(target().indexOf('?') + 1).split("&")) {
                if (pair.startsWith(name + "=")) {
                    return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
                }
            }
            return null;
        }

        String text() {
            return new String(body, UTF_8);
        }
    }

    private final ServerSocket socket;
    private final Answer answer;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final SentRequests sent = new SentRequests();
    private final AtomicInteger torn = new AtomicInteger();
    private volatile LongConsumer watch = read -> {};

    RawServer(Answer answer) throws IOException {
        this("127.0.0.1", answer);
    }

    RawServer(String address, Answer answer) throws IOException {
        this(new ServerSocket(), address, answer);
    }

    /** Creates a server with an unbound socket, for example one for TLS. */
    RawServer(ServerSocket socket, String address, Answer answer) throws IOException {
        this.socket = socket;
        this.answer = answer;
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        daemon(this::accept);
    }

    /** Responds with a status, a body and header lines, and keeps the connection open. */
    static Answer says(int status, String body, String... headers) {
        return (request, connection) -> connection.say(status, body, headers);
    }

    /** Responds with success as the service does, and keeps the connection open. */
    static Answer succeeds(int status, String... headers) {
        return (request, connection) -> connection.say(status, record(request), headers);
    }

    /** Returns a minimal valid response: a message, or a record with the requested key. */
    static String record(Request request) {
        String number = request.query("ticket_number");
        if (number != null) {
            return "{\"ticket_number\": " + number + "}";
        }
        return request.target().endsWith("/ping") ? "fine" : "{}";
    }

    /** Closes the connection without a response. */
    static Answer hangsUp() {
        return (request, connection) -> connection.close();
    }

    /** Sends nothing until the client disconnects. */
    static Answer stalls() {
        return (request, connection) -> connection.awaitEnd();
    }

    int port() {
        return socket.getLocalPort();
    }

    Desk365Client.Builder builder() {
        return Desk365Client.builder()
                .baseUrl(URI.create("http://127.0.0.1:" + port() + "/apis"))
                .apiKey(KEY);
    }

    Desk365Client client() {
        return builder().build();
    }

    /** Sets a listener for the number of body bytes read so far. */
    void watch(LongConsumer watch) {
        this.watch = watch;
    }

    List<Request> requests() {
        return requests;
    }

    List<Connection> connections() {
        return connections;
    }

    /** Returns the number of incomplete requests. */
    int torn() {
        return torn.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Connection connection : connections) {
            connection.close();
        }
        sent.check();
    }

    private void accept() throws IOException {
        while (true) {
            Connection connection = new Connection(connections.size(), socket.accept());
            connections.add(connection);
            daemon(connection::serve);
        }
    }

    private interface Work {

        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The client disconnected, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** A connection of a client. */
    final class Connection {

        private final int number;
        private final Socket client;
        private final CountDownLatch ended = new CountDownLatch(1);

        Connection(int number, Socket client) {
            this.number = number;
            this.client = client;
        }

        void say(int status, String body, String... headers) throws IOException {
            byte[] bytes = body.getBytes(UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
            // In one write; otherwise every response waits for an acknowledgement.
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(head.toString().getBytes(ISO_8859_1));
            whole.writeBytes(bytes);
            whole.writeTo(client.getOutputStream());
        }

        void say(String raw) throws IOException {
            client.getOutputStream().write(raw.getBytes(ISO_8859_1));
        }

        void close() throws IOException {
            client.close();
        }

        /** Reads until the client closes. */
        void awaitEnd() throws IOException {
            try (Socket closing = client) {
                closing.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } finally {
                ended.countDown();
            }
        }

        /** Counted down once the client has closed the connection. */
        CountDownLatch ended() {
            return ended;
        }

        private void serve() throws IOException {
            try (Socket closing = client) {
                InputStream in = new BufferedInputStream(closing.getInputStream());
                for (String head = head(in); !head.isEmpty(); head = head(in)) {
                    Request request = new Request(head, new byte[0], number);
                    request = new Request(head, body(in, request.header("Content-Length")), number);
                    requests.add(request);
                    if (request.isWhole()) {
                        sent.saw(request.method(), request.target(), request.headers(), request.body());
                    }
                    answer.to(request, this);
                }
            } finally {
                ended.countDown();
            }
        }

        private String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return "";
                }
                head.append((char) next);
            }
            return head.toString();
        }

        private byte[] body(InputStream in, String length) throws IOException {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            long wanted = length.isEmpty() ? 0 : Long.parseLong(length);
            for (long read = 0; read < wanted; ) {
                int more = readSome(in, buffer, (int) Math.min(buffer.length, wanted - read));
                if (more < 0) {
                    torn.incrementAndGet();
                    throw new IOException("the request broke off");
                }
                if (kept.size() < 1 << 20) {
                    kept.write(buffer, 0, more);
                }
                read += more;
                watch.accept(read);
            }
            return kept.toByteArray();
        }

        private static int readSome(InputStream in, byte[] buffer, int most) {
            try {
                return in.read(buffer, 0, most);
            } catch (IOException e) {
                return -1;
            }
        }
    }
}
