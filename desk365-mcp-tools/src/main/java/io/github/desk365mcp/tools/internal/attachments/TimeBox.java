package io.github.desk365mcp.tools.internal.attachments;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the decoders of strangers' files in a thread of their own, for a limited time. */
final class TimeBox {

    private static final System.Logger LOG = System.getLogger(TimeBox.class.getName());

    private static final Duration MOST_TIME = Duration.ofSeconds(20);

    private TimeBox() {}

    /** Work that may not end. */
    interface Work<T> {

        T run() throws UnreadableFileException;
    }

    /**
     * Does the work.
     *
     * @param missing what to say if a library for it is not on the class path
     */
    static <T> T run(Work<T> work, String missing) throws UnreadableFileException {
        FutureTask<T> task = new FutureTask<>(work::run);
        Thread thread = new Thread(task, "desk365-file");
        thread.setDaemon(true);
        thread.setContextClassLoader(TimeBox.class.getClassLoader());
        thread.start();
        try {
            return task.get(MOST_TIME.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new UnreadableFileException("It took more than " + MOST_TIME.toSeconds() + " seconds to read.");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new UnreadableFileException("Reading it was interrupted.");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnreadableFileException unreadable) {
                throw unreadable;
            }
            if (cause instanceof LinkageError) {
                throw new UnreadableFileException(missing);
            }
            // Out of memory or stack: the decoder's thread has ended, and with it what it held.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A file could not be read: {0}",
                    cause == null ? "?" : cause.getClass().getName());
            throw new UnreadableFileException("The file takes too much memory, or is damaged.");
        }
    }
}
