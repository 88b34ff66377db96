package io.github.desk365mcp.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in front of the sandbox that speaks raw sockets. It passes requests on, and does once, where a test wants
 * it, what a broken network or a broken server does.
 */
final class FaultServer implements AutoCloseable {

    /** Does something instead of passing a request on. The body of the request has not been read yet. */
    @FunctionalInterface
    interface Fault {

        void play(Connection connection) throws IOException;

        /** Whether it concerns the next connection, before any request, instead of the next request. */
        default boolean isEarly() {
            return false;
        }
    }

    /** Does something to a connection before it has a request. */
    @FunctionalInterface
    interface EarlyFault extends Fault {

        @Override
        default boolean isEarly() {
            return true;
        }
    }

    /** An answer of the sandbox. */
    record Answer(int status, List<String> headers, byte[] body) {

        Answer with(byte[] other, String... more) {
            List<String> all = new ArrayList<>(headers);
            all.addAll(List.of(more));
            return new Answer(status, all, other);
        }

        /** Returns the answer as it is sent, with a length that is wrong by some bytes. */
        byte[] counted(int wrong) {
            List<String> lines = new ArrayList<>(headers);
            lines.add(0, "HTTP/1.1 " + status + " Said");
            lines.add("Content-Length: " + (body.length + wrong));
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
            whole.writeBytes(body);
            return whole.toByteArray();
        }

        String text() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private final URI upstream;
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private Supplier<@Nullable Fault> others = () -> null;
    private @Nullable Fault fault;
    private boolean onWrite;

    FaultServer(URI upstream) throws IOException {
        this.upstream = upstream;
        daemon(this::accept);
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port() + upstream.getPath());
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Plans a fault for the next request, or for the next one that writes. */
    synchronized void next(Fault next, boolean write) {
        fault = next;
        onWrite = write;
    }

    /** Asks for a fault for each request; null for none. */
    synchronized void always(Supplier<@Nullable Fault> faults) {
        others = faults;
    }

    private synchronized @Nullable Fault take(boolean early, boolean write) {
        Fault planned = fault;
        if (planned == null && !early) {
            return others.get();
        }
        if (planned == null || planned.isEarly() != early || onWrite && !write && !early) {
            return null;
        }
        fault = null;
        return planned;
    }

    void forget() {
        requests.set(0);
        writes.set(0);
    }

    /** Returns how many requests have arrived, even if only in part. */
    int requests() {
        return requests.get();
    }

    /** Returns how many requests that write have arrived, even if only in part. */
    int writes() {
        return writes.get();
    }

    /** Returns whether all clients have closed their connections, after some time if need be. */
    boolean isLeft() throws InterruptedException {
        for (Connection connection : open) {
            if (!connection.ended.await(10, TimeUnit.SECONDS)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Connection connection : open) {
            connection.client.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Connection connection = new Connection(socket.accept());
            open.add(connection);
            daemon(connection::serve);
        }
    }

    private interface Work {

        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The client has left, or the test is over.
                    }
                },
                "fault-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** A connection of a client, with its current request. */
    final class Connection {

        private final Socket client;
        private final InputStream in;
        private final CountDownLatch ended = new CountDownLatch(1);
        private String head = "";

        Connection(Socket client) throws IOException {
            this.client = client;
            client.setTcpNoDelay(true);
            this.in = new BufferedInputStream(client.getInputStream());
        }

        private void serve() throws IOException {
            try (client) {
                Fault early = take(true, false);
                if (early != null) {
                    early.play(this);
                    return;
                }
                for (head = readHead(in); !head.isEmpty(); head = client.isClosed() ? "" : readHead(in)) {
                    boolean isWrite = !head.startsWith("GET ");
                    requests.incrementAndGet();
                    writes.addAndGet(isWrite ? 1 : 0);
                    Fault planned = take(false, isWrite);
                    if (planned == null) {
                        say(forward());
                    } else {
                        planned.play(this);
                    }
                }
            } finally {
                ended.countDown();
                open.remove(this);
            }
        }

        /** Reads the body of the request. */
        byte[] readBody() throws IOException {
            String length = header(head, "content-length");
            return in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        }

        /** Has the sandbox carry out the request. */
        Answer forward() throws IOException {
            byte[] body = readBody();
            try (Socket service = new Socket(upstream.getHost(), upstream.getPort())) {
                ByteArrayOutputStream request = new ByteArrayOutputStream();
                request.writeBytes(head.replaceFirst("(?i)\r\nConnection: .*", "")
                        .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
                        .getBytes(ISO_8859_1));
                request.writeBytes(body);
                request.writeTo(service.getOutputStream());
                InputStream answer = new BufferedInputStream(service.getInputStream());
                String said = readHead(answer);
                List<String> headers = said.lines()
                        .skip(1)
                        .filter(line -> !line.isBlank()
                                && !line.toLowerCase(Locale.ROOT).matches("(transfer-encoding|connection):.*"))
                        .toList();
                return new Answer(Integer.parseInt(said.split(" ", 3)[1]), headers, readChunks(answer));
            }
        }

        /** Says an answer whole, and keeps the connection open. */
        void say(Answer answer) throws IOException {
            say(answer.counted(0));
        }

        void say(byte[] bytes) throws IOException {
            client.getOutputStream().write(bytes);
        }

        void say(String bytes) throws IOException {
            say(bytes.getBytes(ISO_8859_1));
        }

        OutputStream out() throws IOException {
            return client.getOutputStream();
        }

        /** Breaks the connection, as a machine does that knows nothing of it. */
        void reset() throws IOException {
            client.setSoLinger(true, 0);
            client.close();
        }

        void close() throws IOException {
            client.close();
        }

        /** Opens TLS, which fails if the client does not accept the certificate, and reads what comes then. */
        void handshake(SSLContext tls) throws IOException {
            try (SSLSocket secure =
                    (SSLSocket) tls.getSocketFactory().createSocket(client, "127.0.0.1", port(), true)) {
                secure.setUseClientMode(false);
                if (secure.getInputStream().read() >= 0) {
                    requests.incrementAndGet();
                }
            }
        }

        /** Keeps still until the client leaves. */
        void stall() throws IOException {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            client.close();
        }
    }

    static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String readHead(InputStream in) throws IOException {
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

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(readLine(in), 16); length > 0; length = Integer.parseInt(readLine(in), 16)) {
            body.writeBytes(in.readNBytes(length));
            readLine(in);
        }
        return body.toByteArray();
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The answer of the sandbox broke off");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
