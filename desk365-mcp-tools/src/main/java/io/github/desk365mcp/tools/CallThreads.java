package io.github.desk365mcp.tools;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for calls: daemon threads that end when idle. Not virtual threads, where the JDK has them: the calls are few, and
 * a virtual thread that waits for a socket needs two other threads to go on.
 */
final class CallThreads {

    private static final Executor THREADS = threads();
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private CallThreads() {}

    /** Runs the work in a new or idle thread. The number of threads is not limited here; the caller limits it. */
    static void start(Runnable work) {
        THREADS.execute(work);
    }

    /**
     * Runs the work in such a thread after a delay.
     *
     * @return cancels the work if it has not started
     */
    static Runnable after(Duration time, Runnable work) {
        Future<?> later = TIMER.schedule(() -> start(work), time.toNanos(), TimeUnit.NANOSECONDS);
        return () -> later.cancel(false);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, work -> daemon(work, "desk365-call-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static Executor threads() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> daemon(work, "desk365-call-" + number.incrementAndGet()));
    }
}
