package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends calls from another thread.
 *
 * <pre>{@code
 * Cancellation stop = new Cancellation();
 * Desk365Client stoppable = desk.with(o -> o.cancellation(stop));
 * // in another thread
 * stop.cancel();
 * }</pre>
 *
 * <p>Interrupting a thread does not end a blocked call; this does, by closing its connection and leaving a look-up of a
 * name behind. Every call under way with
 * this cancellation ends with a {@link CancelledException} unless its answer has come, and so does every later one. Thread-safe.
 */
public final class Cancellation {

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Map<Object, Runnable> listeners = new LinkedHashMap<>();

    /** Not cancelled yet. */
    public Cancellation() {}

    /** Cancels; a second time has no effect. */
    public void cancel() {
        List<Runnable> told;
        synchronized (listeners) {
            cancelled.countDown();
            told = List.copyOf(listeners.values());
            listeners.clear();
        }
        RuntimeException failure = null;
        for (Runnable listener : told) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                // The other listeners hold open connections.
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Whether {@link #cancel()} was called. */
    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /**
     * Runs the listener when cancelled, at once if that has happened already.
     *
     * @return takes the listener off again when closed
     */
    public Registration onCancel(Runnable listener) {
        Object key = new Object();
        boolean late;
        synchronized (listeners) {
            late = isCancelled();
            if (!late) {
                listeners.put(key, listener);
            }
        }
        if (late) {
            listener.run();
        }
        return () -> {
            synchronized (listeners) {
                listeners.remove(key);
            }
        };
    }

    /** Waits until cancelled, or until the time is over; returns whether cancelled. */
    boolean await(Duration time) throws InterruptedException {
        return cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A listener that can be taken off. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
