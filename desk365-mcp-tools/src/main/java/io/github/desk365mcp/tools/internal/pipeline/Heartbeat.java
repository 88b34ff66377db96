package io.github.desk365mcp.tools.internal.pipeline;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Renews the leases of this process while it lives. Its thread runs only while there is a lease. Thread-safe. */
final class Heartbeat {

    /** Something that is renewed. */
    interface Beat {

        /**
         * Renews the lease.
         *
         * @return false if it has ended
         */
        boolean renew();
    }

    private final String process = UUID.randomUUID().toString();
    private final Duration each;
    private final Set<Beat> beats = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledThreadPoolExecutor timer;

    Heartbeat(Duration each) {
        this.each = each;
    }

    /** Identifies this process among those that share the state. */
    String process() {
        return process;
    }

    void add(Beat beat) {
        beats.add(beat);
        start();
    }

    void remove(Beat beat) {
        beats.remove(beat);
    }

    private synchronized void start() {
        if (timer == null) {
            ScheduledThreadPoolExecutor created = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "desk365-leases");
                thread.setDaemon(true);
                return thread;
            });
            ScheduledFuture<?> unused = created.scheduleAtFixedRate(
                    this::renewAll, each.toMillis(), each.toMillis(), TimeUnit.MILLISECONDS);
            timer = created;
        }
    }

    private synchronized void stopIfIdle() {
        if (beats.isEmpty() && timer != null) {
            timer.shutdown();
            timer = null;
        }
    }

    private static boolean isAlive(Beat beat) {
        try {
            return beat.renew();
        } catch (RuntimeException | Error failed) {
            // It would end the timer. The lease is checked again before the call is sent, and ends if the state stays
            // unreachable.
            return true;
        }
    }

    private void renewAll() {
        for (Beat beat : beats) {
            // Removed first: one that is added while it ends is kept.
            if (beats.remove(beat) && isAlive(beat)) {
                beats.add(beat);
            }
        }
        stopIfIdle();
    }
}
