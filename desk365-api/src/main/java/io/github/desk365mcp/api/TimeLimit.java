package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call that takes too long. Uploads and downloads, which may take long while bytes move, stop and restart it.
 * OkHttp's own limit covers the whole call and cannot be changed once the call runs. Thread-safe.
 */
final class TimeLimit implements AutoCloseable {

    private final Duration time;
    private Runnable end = () -> {};
    /** Completed with whether the time is over. */
    private @Nullable CompletableFuture<Boolean> timer;

    private volatile boolean over;

    TimeLimit(Duration time) {
        this.time = time;
    }

    Duration time() {
        return time;
    }

    /** Whether this has ended the call. */
    boolean isOver() {
        return over;
    }

    /** Starts the limit; {@code ending} ends the call. */
    synchronized void start(Runnable ending) {
        end = ending;
        restart();
    }

    /** Restarts the limit with the full time. */
    synchronized void restart() {
        stop();
        Runnable ending = end;
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<Void> unused = begun.thenAccept(late -> {
            if (late) {
                over = true;
                ending.run();
            }
        });
        timer = begun.completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Stops the limit until it is restarted. */
    synchronized void stop() {
        if (timer != null) {
            timer.complete(false);
            timer = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
