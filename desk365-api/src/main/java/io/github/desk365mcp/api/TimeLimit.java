package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okio.AsyncTimeout;

/**
 * Ends a call that takes too long. Uploads and downloads, which may take long while bytes move, stop and restart it.
 * OkHttp's own limit covers the whole call and cannot be changed once the call runs. Thread-safe.
 */
final class TimeLimit implements AutoCloseable {

    private final Duration time;
    private volatile Runnable end = () -> {};
    private volatile boolean over;
    private boolean runs;

    /** Uses the thread that OkHttp has for its timeouts. */
    private final AsyncTimeout timer = new AsyncTimeout() {
        @Override
        protected void timedOut() {
            over = true;
            end.run();
        }
    };

    TimeLimit(Duration time) {
        this.time = time;
        timer.timeout(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    Duration time() {
        return time;
    }

    /** Whether this has ended the call. */
    boolean isOver() {
        return over;
    }

    /** Starts the limit; {@code ending} ends the call, and returns at once. */
    synchronized void start(Runnable ending) {
        end = ending;
        restart();
    }

    /** Restarts the limit with the full time. */
    synchronized void restart() {
        stop();
        timer.enter();
        runs = true;
    }

    /** Stops the limit until it is restarted. */
    synchronized void stop() {
        if (runs) {
            runs = false;
            timer.exit();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
