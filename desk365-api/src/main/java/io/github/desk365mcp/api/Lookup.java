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
 * Looks names up on a thread that a call can leave behind. The system's look-up blocks for seconds when a name server is
 * silent, and nothing ends it: neither {@link okhttp3.Call#cancel()} nor an interrupt nor a timeout.
 *
 * <p>A record, since OkHttp shares connections between clients whose {@link Dns} are equal only.
 */
record Lookup(Dns dns) implements Dns {

    /** What ends the call that a thread is making: OkHttp looks up on the same thread, and does not say for whom. */
    private static final ThreadLocal<@Nullable Limits> LIMITS = new ThreadLocal<>();

    private record Limits(
            @Nullable Cancellation cancellation, @Nullable Duration timeout) {}

    /** The look-up was left behind. */
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
