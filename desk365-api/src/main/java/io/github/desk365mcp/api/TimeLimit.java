package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call that takes too long. What may take long while bytes move, which are uploads and downloads, stops it and
 * starts it again; OkHttp has one limit for the whole call, which cannot be moved once it runs. Thread-safe.
 */
final class TimeLimit implements AutoCloseable {

    private final Duration time;
    private Runnable end = () -> {};
    private @Nullable CompletableFuture<Void> timer;
    private volatile boolean over;

    TimeLimit(Duration time) {
        this.time = time;
    }

    Duration time() {
        return time;
    }

    /** Whether it has ended the call. */
    boolean isOver() {
        return over;
    }

    /** Begins to run, and ends the call so. */
    synchronized void start(Runnable ending) {
        end = ending;
        restart();
    }

    /** Begins anew. */
    synchronized void restart() {
        stop();
        Runnable ending = end;
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> unused = begun.thenRun(() -> {
            over = true;
            ending.run();
        });
        timer = begun.completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does not run until it begins anew. */
    synchronized void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
