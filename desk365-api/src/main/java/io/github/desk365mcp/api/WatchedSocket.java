package io.github.desk365mcp.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Knows what came over a connection. OkHttp looks at a kept connection only to see whether it is closed; an answer too
 * many that waits there would be taken for that to the next request.
 */
final class WatchedSocket extends Socket {

    static final SocketFactory FACTORY = new Factory();

    /** By both ends, since a TLS socket does not say which socket it is built on. */
    private static final Map<String, WatchedSocket> OPEN = new ConcurrentHashMap<>();

    private final AtomicLong read = new AtomicLong();
    private final AtomicBoolean used = new AtomicBoolean();
    private volatile @Nullable String ends;

    /** The socket that this one is, or is built on; null if a host made it otherwise. */
    static @Nullable WatchedSocket below(Socket socket) {
        return socket instanceof WatchedSocket watched ? watched : OPEN.get(ends(socket));
    }

    private static String ends(Socket socket) {
        return socket.getLocalSocketAddress() + " " + socket.getRemoteSocketAddress();
    }

    /** False for the first request; only then may something be there that is no answer, such as tickets of TLS. */
    boolean isUsedAgain() {
        return used.getAndSet(true);
    }

    boolean hasUnread() throws IOException {
        return super.getInputStream().available() > 0;
    }

    /** How many bytes were read so far, before decryption. */
    long read() {
        return read.get();
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        super.connect(endpoint, timeout);
        String both = ends(this);
        ends = both;
        OPEN.put(both, this);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                read.addAndGet(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                read.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }

    @Override
    public void close() throws IOException {
        String both = ends;
        if (both != null) {
            OPEN.remove(both, this);
        }
        super.close();
    }

    private static final class Factory extends SocketFactory {

        @Override
        public Socket createSocket() {
            return new WatchedSocket();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port), null);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port), null);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
        }

        private static Socket connected(SocketAddress to, @Nullable SocketAddress from) throws IOException {
            Socket socket = new WatchedSocket();
            socket.bind(from);
            socket.connect(to, 0);
            return socket;
        }
    }
}
