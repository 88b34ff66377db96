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
 * Makes sockets that know what came over them. OkHttp looks at a kept connection only to see whether it is closed; an
 * answer too many that waits there would be taken for that to the next request. Thread-safe.
 */
final class WatchedSockets extends SocketFactory {

    /** By both ends, since a TLS socket does not say which socket it is built on. */
    private final Map<Ends, Watched> open = new ConcurrentHashMap<>();

    /** Not as text: an address shows a host name once somebody has looked one up for it. */
    private record Ends(SocketAddress local, SocketAddress remote) {}

    /** The socket that this one is, or is built on; null if it was made otherwise. */
    @Nullable
    Watched below(Socket socket) {
        return socket instanceof Watched watched ? watched : open.get(ends(socket));
    }

    private static Ends ends(Socket socket) {
        return new Ends(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
    }

    @Override
    public Socket createSocket() {
        return new Watched();
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
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    private Socket connected(SocketAddress to, @Nullable SocketAddress from) throws IOException {
        Socket socket = new Watched();
        socket.bind(from);
        socket.connect(to, 0);
        return socket;
    }

    /** A plain socket; what is counted on it under TLS are bytes before decryption. */
    final class Watched extends Socket {

        private final AtomicLong count = new AtomicLong();
        private final AtomicBoolean used = new AtomicBoolean();
        private volatile @Nullable Ends ends;

        /**
         * False for the first request. Only before that one may something be there that is no answer, such as the
         * tickets of TLS.
         */
        boolean isUsedAgain() {
            return used.getAndSet(true);
        }

        boolean hasUnread() throws IOException {
            return super.getInputStream().available() > 0;
        }

        /** How many bytes were read so far. */
        long count() {
            return count.get();
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            super.connect(endpoint, timeout);
            Ends both = ends(this);
            ends = both;
            open.put(both, this);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int one = super.read();
                    count.addAndGet(one < 0 ? 0 : 1);
                    return one;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int some = super.read(bytes, offset, length);
                    count.addAndGet(Math.max(0, some));
                    return some;
                }
            };
        }

        @Override
        public void close() throws IOException {
            Ends both = ends;
            if (both != null) {
                open.remove(both, this);
            }
            super.close();
        }
    }
}
