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
 * <p>Interrupting a thread does not end a blocked call. A cancellation does: it closes the connection or abandons the
 * lookup of the host name. Every running call with this cancellation then ends with a {@link CancelledException} unless
 * its response has already been received, and so does every later call. Thread-safe.
 */
public final class Cancellation {

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Map<Object, Runnable> listeners = new LinkedHashMap<>();

    /** Creates a cancellation that has not been triggered. */
    public Cancellation() {}

    /** Cancels all calls that use this. Further calls of this method have no effect. */
    public void cancel() {
        List<Runnable> current;
        synchronized (listeners) {
            cancelled.countDown();
            current = List.copyOf(listeners.values());
            listeners.clear();
        }
        RuntimeException failure = null;
        for (Runnable listener : current) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                // The other listeners must still run: they close connections.
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** {@return whether {@link #cancel()} was called} */
    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /**
     * Runs a listener on cancellation, or immediately if already cancelled.
     *
     * @param listener the code to run
     * @return the registration; closing it removes the listener
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

    /** Waits until cancelled or until the time has passed; returns whether cancelled. */
    boolean await(Duration time) throws InterruptedException {
        return cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A registered listener. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        /** Removes the listener. */
        @Override
        void close();
    }
}
