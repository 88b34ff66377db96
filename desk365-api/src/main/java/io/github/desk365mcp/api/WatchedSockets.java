package io.github.desk365mcp.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates sockets that track the bytes read. OkHttp checks only whether a reused connection is closed. It would take an
 * extra response that waits there for the response to the next request. Thread-safe.
 */
final class WatchedSockets extends SocketFactory {

    /** Keyed by both addresses, because a TLS socket does not expose the socket below it. */
    private final Map<Ends, Watched> open = new ConcurrentHashMap<>();

    /** Addresses, not their text, which changes once the host name has been looked up. */
    private record Ends(SocketAddress local, SocketAddress remote) {

        // Written out, with every component, as in Lookup.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Ends same
                    && Objects.equals(local, same.local)
                    && Objects.equals(remote, same.remote);
        }

        @Override
        public int hashCode() {
            return 31 * Objects.hashCode(local) + Objects.hashCode(remote);
        }
    }

    /** Returns the watched socket that a socket is or is layered over; null if there is none. */
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

    /** A plain socket. Under TLS, it counts encrypted bytes. */
    final class Watched extends Socket {

        private final AtomicLong count = new AtomicLong();
        private final AtomicBoolean used = new AtomicBoolean();
        private volatile @Nullable Ends ends;

        /**
         * Returns false for the first request. Only before that one may data arrive that is not a response, such as TLS
         * session tickets.
         */
        boolean isUsedAgain() {
            return used.getAndSet(true);
        }

        boolean hasUnread() throws IOException {
            return super.getInputStream().available() > 0;
        }

        /** Returns the number of bytes read so far. */
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
