package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A client that writes directly to the socket, so that it can stop reading or disconnect at any time. */
final class RawClient {

    /** The capabilities of a client that shows cards. */
    static final String CARDS =
            "{\"extensions\":{\"io.modelcontextprotocol/ui\":{\"mimeTypes\":[\"text/html;profile=mcp-app\"]}}}";

    private final int port;
    private final @Nullable String token;
    private final String session;

    private RawClient(int port, @Nullable String token, String session) {
        this.port = port;
        this.token = token;
        this.session = session;
    }

    /** Starts a session of a client that offers elicitation. */
    static RawClient begin(String address, @Nullable String token) throws IOException {
        return begin(address, token, "{\"elicitation\":{}}");
    }

    /** Starts a session of a client that offers these capabilities. */
    static RawClient begin(String address, @Nullable String token, String capabilities) throws IOException {
        int port = URI.create(address).getPort();
        String answer = read(new RawClient(port, token, "").send("POST", Messages.initialize(1, capabilities)));
        String session = answer.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("mcp-session-id:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IOException(answer));
        RawClient client = new RawClient(port, token, session);
        read(client.send("POST", Messages.INITIALIZED));
        return client;
    }

    /** Returns a client in a session that exists. */
    static RawClient in(String address, String token, String session) {
        return new RawClient(URI.create(address).getPort(), token, session);
    }

    /** Returns another caller that knows the id of the same session. */
    RawClient withToken(@Nullable String other) {
        return new RawClient(port, other, session);
    }

    RawClient withoutSession() {
        return new RawClient(port, token, "");
    }

    /** Calls a tool. The response arrives on the returned socket. */
    Socket call(int id, String tool, String arguments) throws IOException {
        return send("POST", Messages.call(id, tool, arguments));
    }

    /** Cancels a call. */
    String cancel(int id) throws IOException {
        return read(send("POST", Messages.cancel(id)));
    }

    /** Sends a request, without waiting for the response. */
    Socket send(String method, String body) throws IOException {
        return send(method, body.getBytes(UTF_8), body.getBytes(UTF_8).length);
    }

    /** @param length the length that the header announces; negative to announce none */
    Socket send(String method, byte[] body, long length) throws IOException {
        return send(new Socket(), method, body, length);
    }

    /** Sends a request over a socket that is not connected yet. */
    Socket send(Socket socket, String method, byte[] body, long length) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        socket.setSoTimeout(40_000);
        String head = method + " /mcp HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                + (session.isEmpty() ? "" : "Mcp-Session-Id: " + session + "\r\n")
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n")
                + (length < 0
                        ? "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length) + "\r\n"
                        : "Content-Length: " + length + "\r\n\r\n");
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(body);
        socket.getOutputStream().write((length < 0 ? "\r\n0\r\n\r\n" : "").getBytes(UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Reads the whole response. */
    static String read(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** Gets a path, without a token, and returns the whole response. */
    static String get(String address, String path) throws IOException {
        Socket socket = new Socket("127.0.0.1", URI.create(address).getPort());
        socket.setSoTimeout(40_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
        return read(socket);
    }

    /** Returns a refusal, without waiting until the server has given up the rest of the body. */
    static String refusal(Socket socket) throws IOException {
        StringBuilder read = new StringBuilder();
        try (socket) {
            while (read.indexOf("}}") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new IOException("The end after " + read);
                }
                read.append((char) next);
            }
        }
        return read.toString();
    }
}
