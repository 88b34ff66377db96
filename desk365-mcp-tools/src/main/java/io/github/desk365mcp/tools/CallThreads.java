package io.github.desk365mcp.tools;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for calls, which mostly wait: virtual ones if the JDK has them, else daemons that end when they are idle. */
final class CallThreads {

    private static final Executor THREADS = threads();

    private CallThreads() {}

    /** Runs it in a thread of its own; how many there are is for the caller to limit. */
    static void start(Runnable work) {
        THREADS.execute(work);
    }

    private static Executor threads() {
        try {
            // Since Java 21; this is compiled for 17.
            Method virtual = Thread.class.getMethod("startVirtualThread", Runnable.class);
            virtual.invoke(null, (Runnable) () -> {});
            return work -> {
                try {
                    virtual.invoke(null, work);
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalStateException(e);
                }
            };
        } catch (ReflectiveOperationException | UnsupportedOperationException e) {
            AtomicInteger number = new AtomicInteger();
            return new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                        Thread thread = new Thread(work, "desk365-call-" + number.incrementAndGet());
                        thread.setDaemon(true);
                        return thread;
                    });
        }
    }
}
