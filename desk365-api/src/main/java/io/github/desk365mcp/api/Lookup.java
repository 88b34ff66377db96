package io.github.desk365mcp.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Resolves host names on a separate thread that a call can abandon. A system lookup blocks for seconds if a name server
 * does not respond, and neither {@link okhttp3.Call#cancel()} nor an interrupt nor a timeout ends it.
 *
 * <p>A record, because OkHttp shares connections only between clients whose {@link Dns} objects are equal.
 */
record Lookup(Dns dns) implements Dns {

    /**
     * What ends the current call of a thread. OkHttp resolves names on the call's thread, but does not say for which
     * call.
     */
    private static final ThreadLocal<@Nullable Limits> LIMITS = new ThreadLocal<>();

    private record Limits(
            @Nullable Cancellation cancellation, @Nullable Duration timeout) {}

    // Written out, with every component: the JDK takes ten milliseconds to generate them, and OkHttp compares at the
    // start.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lookup same && dns.equals(same.dns);
    }

    @Override
    public int hashCode() {
        return dns.hashCode();
    }

    /** The lookup was abandoned: the call timed out or was cancelled, or its thread was interrupted. */
    static final class Abandoned extends UnknownHostException {

        private static final long serialVersionUID = 1;
    }

    static Response execute(okhttp3.Call call, @Nullable Cancellation cancellation, @Nullable Duration timeout)
            throws IOException {
        Limits outer = LIMITS.get();
        LIMITS.set(new Limits(cancellation, timeout));
        try {
            return call.execute();
        } finally {
            if (outer == null) {
                LIMITS.remove();
            } else {
                LIMITS.set(outer);
            }
        }
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        Limits limits = LIMITS.get();
        if (limits == null) {
            return dns.lookup(host);
        }
        CompletableFuture<List<InetAddress>> found = start(host);
        Cancellation cancellation = limits.cancellation();
        Cancellation.Registration registration =
                cancellation == null ? () -> {} : cancellation.onCancel(() -> found.cancel(false));
        try (registration) {
            Duration timeout = limits.timeout();
            return timeout == null ? found.get() : found.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException | TimeoutException e) {
            throw new Abandoned();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Abandoned();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private CompletableFuture<List<InetAddress>> start(String host) {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        found.complete(dns.lookup(host));
                    } catch (Throwable failure) {
                        found.completeExceptionally(failure);
                    }
                },
                "desk365-dns");
        thread.setDaemon(true);
        thread.start();
        return found;
    }

    private static UnknownHostException failure(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException mistake) {
            throw mistake;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof UnknownHostException unknown) {
            return unknown;
        }
        UnknownHostException unknown = new UnknownHostException();
        unknown.initCause(cause);
        return unknown;
    }
}
