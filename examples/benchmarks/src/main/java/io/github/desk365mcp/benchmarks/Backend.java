package io.github.desk365mcp.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 server on loopback that costs as little as possible: it looks up a finished answer by path. */
final class Backend implements AutoCloseable {

    private static final String LENGTH = "\r\ncontent-length: ";
    private static final byte[] UNKNOWN = response("{\"message\":\"ok\"}");

    /** One that is not started. */
    static final Backend NONE = new Backend(null, target -> UNKNOWN);

    private final @Nullable ServerSocket socket;
    private final Function<String, byte[]> answers;

    private Backend(@Nullable ServerSocket socket, Function<String, byte[]> answers) {
        this.socket = socket;
        this.answers = answers;
    }

    /** Starts a server that gives each path below {@code /apis} its answer, whatever the query is. */
    static Backend start(Map<String, String> bodies) throws IOException {
        Map<String, byte[]> responses =
                bodies.entrySet().stream().collect(Collectors.toMap(Entry::getKey, body -> response(body.getValue())));
        return start(target -> {
            int query = target.indexOf('?');
            return responses.getOrDefault(query < 0 ? target : target.substring(0, query), UNKNOWN);
        });
    }

    /** Starts a server that asks for the {@linkplain #response response} to each target below {@code /apis}. */
    static Backend start(Function<String, byte[]> responses) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Backend backend = new Backend(socket, responses);
        daemon("backend", () -> backend.acceptAll(socket));
        return backend;
    }

    /** {@return a whole response with this body} */
    static byte[] response(String body) {
        return ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nX-Rate-Limit-Remaining: 100000\r\ncontent-length: "
                        + body.getBytes(UTF_8).length + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    /** {@return the address of the API} */
    URI address() {
        return URI.create("http://127.0.0.1:" + Objects.requireNonNull(socket).getLocalPort() + "/apis");
    }

    private void acceptAll(ServerSocket listening) {
        try {
            while (true) {
                Socket client = listening.accept();
                daemon("backend-client", () -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            Requests requests = new Requests(client.getInputStream());
            OutputStream out = client.getOutputStream();
            String target = requests.next();
            while (target != null) {
                out.write(answers.apply(target.startsWith("/apis") ? target.substring("/apis".length()) : target));
                target = requests.next();
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    /** Reads requests up to the end of their bodies. */
    private static final class Requests {

        private final InputStream in;
        private byte[] buffer = new byte[1 << 16];
        private int from;
        private int to;

        Requests(InputStream in) {
            this.in = in;
        }

        /** {@return the target of the next request; null at the end} */
        @Nullable
        String next() throws IOException {
            int end = endOfHead();
            if (end < 0) {
                return null;
            }
            String head = new String(buffer, from, end - from, ISO_8859_1);
            from = end;
            int space = head.indexOf(' ');
            String target = head.substring(space + 1, head.indexOf(' ', space + 1));
            skip(length(head));
            return target;
        }

        private int endOfHead() throws IOException {
            int at = from;
            while (true) {
                for (; at + 3 < to; at++) {
                    if (buffer[at] == '\r'
                            && buffer[at + 1] == '\n'
                            && buffer[at + 2] == '\r'
                            && buffer[at + 3] == '\n') {
                        return at + 4;
                    }
                }
                System.arraycopy(buffer, from, buffer, 0, to - from);
                at -= from;
                to -= from;
                from = 0;
                int read = in.read(buffer, to, buffer.length - to);
                if (read <= 0) {
                    return -1;
                }
                to += read;
            }
        }

        private static long length(String head) {
            int at = -1;
            for (int line = head.indexOf("\r\n"); line >= 0 && at < 0; line = head.indexOf("\r\n", line + 2)) {
                if (head.regionMatches(true, line, LENGTH, 0, LENGTH.length())) {
                    at = line + LENGTH.length();
                }
            }
            return at < 0 ? 0 : Long.parseLong(head, at, head.indexOf('\r', at), 10);
        }

        private void skip(long length) throws IOException {
            long left = length;
            while (left > 0) {
                if (from == to) {
                    from = 0;
                    to = Math.max(0, in.read(buffer));
                    if (to == 0) {
                        throw new IOException("closed");
                    }
                }
                int some = (int) Math.min(left, to - from);
                from += some;
                left -= some;
            }
        }
    }
}
