package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.text.Times;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls in threads of its own: a limited number at once, while a limited number of others wait for their turn.
 *
 * <p>The threads are daemon threads that end when idle. A call that finds the queue full, or waits too long, is refused with
 * the error code {@code busy}, and nothing is sent. The time a call waits is deducted from the timeout of its requests.
 * A call that is cancelled or abandoned while it waits never starts. A call that waits for a person, or for an equal
 * call, gives up its turn meanwhile. Thread-safe; several hosts may share a queue.
 */
public final class CallQueue {

    private static final int RUNNING = 64;
    private static final int WAITING = 256;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final int mostRunning;
    private final int mostWaiting;
    private final Duration longestWait;
    private final Deque<Place> waiting = new ArrayDeque<>();

    /** Calls that gave up their turn and now need it back; they go before calls that have not started. */
    private final Deque<CompletableFuture<@Nullable Void>> returning = new ArrayDeque<>();

    private int running;
    private int aside;

    private CallQueue(int mostRunning, int mostWaiting, Duration longestWait) {
        this.mostRunning = mostRunning;
        this.mostWaiting = mostWaiting;
        this.longestWait = Times.capped(longestWait);
    }

    /**
     * {@return a queue that runs 64 calls at once, and lets 256 wait for up to 15 seconds} 15 seconds is half of the
     * default request timeout.
     */
    public static CallQueue standard() {
        return of(RUNNING, WAITING, LONGEST_WAIT);
    }

    /**
     * Creates a queue.
     *
     * @param running how many calls run at once
     * @param waiting how many calls may wait for their turn, and how many more may give up their turn while they wait
     *     for a person or an equal call
     * @param longestWait how long a call may wait; more than half of the client's timeout has no effect, since a call
     *     with so little time left is refused
     * @return the queue
     * @throws IllegalArgumentException if {@code running} is less than 1, or another value is negative
     */
    public static CallQueue of(int running, int waiting, Duration longestWait) {
        if (running < 1 || waiting < 0 || longestWait.isNegative()) {
            throw new IllegalArgumentException(
                    "running must be at least 1; waiting and longestWait must not be negative");
        }
        return new CallQueue(running, waiting, longestWait);
    }

    /**
     * Makes a call as {@link BoundTools#call(String, Map, CallContext)} does, in another thread. To cancel it, use the
     * context's {@link Cancellation}; cancelling the future does not stop the call.
     *
     * @param tools the tools to call
     * @param name the tool's name, as listed
     * @param arguments plain JSON values; null for none
     * @param context what the host knows about the call
     * @return a future of the result, or of the exception that the call throws
     */
    public CompletableFuture<ToolResult> call(
            BoundTools tools, String name, @Nullable Map<String, ?> arguments, CallContext context) {
        return call(context, turn -> tools.enter(name, arguments, context, turn));
    }

    /**
     * Reads a resource as {@link BoundTools#readResource} does, in another thread. To cancel it, use the context's
     * {@link Cancellation}.
     *
     * @param tools has the resource
     * @param uri a URI that fits a listed template
     * @param context what the host knows about the call
     * @return a future of the result, or of the exception that the call throws
     */
    public CompletableFuture<ToolResult> readResource(BoundTools tools, String uri, CallContext context) {
        return call(context, turn -> tools.readResource(uri, context, turn));
    }

    private CompletableFuture<ToolResult> call(CallContext context, Function<QueueTurn, ToolResult> call) {
        Place place = new Place(context, call);
        boolean begins;
        boolean waits;
        synchronized (this) {
            begins = running < mostRunning;
            waits = !begins && waiting.size() < mostWaiting;
            if (begins) {
                running++;
            } else if (waits) {
                waiting.add(place);
            }
        }
        if (begins) {
            place.begin();
        } else if (waits) {
            place.await();
        } else {
            place.finish(QueueTurn.none(QueueTurn.Refusal.BUSY));
        }
        return place.result;
    }

    /** Passes the turn to the next call. */
    private void end() {
        CompletableFuture<@Nullable Void> back = null;
        Place next = null;
        synchronized (this) {
            back = returning.poll();
            while (back == null && next == null && !waiting.isEmpty()) {
                Place first = waiting.remove();
                next = first.decide() ? first : null;
            }
            if (back == null && next == null) {
                running--;
            }
        }
        if (back != null) {
            back.complete(null);
        } else if (next != null) {
            next.begin();
        }
    }

    private boolean aside(BooleanSupplier wait) {
        boolean hasRoom;
        synchronized (this) {
            hasRoom = aside < mostWaiting;
            if (hasRoom) {
                aside++;
            }
        }
        if (!hasRoom) {
            return wait.getAsBoolean();
        }
        end();
        try {
            return wait.getAsBoolean();
        } finally {
            CompletableFuture<@Nullable Void> turn = new CompletableFuture<>();
            synchronized (this) {
                aside--;
                if (running < mostRunning) {
                    running++;
                    turn.complete(null);
                } else {
                    returning.add(turn);
                }
            }
            turn.join();
        }
    }

    /** A call in the queue. */
    private final class Place {

        private final CallContext context;
        private final Function<QueueTurn, ToolResult> call;
        private final long came = System.nanoTime();
        private final CompletableFuture<ToolResult> result = new CompletableFuture<>();

        /** Set once: the call either starts or is refused, never both. */
        private final AtomicBoolean isDecided = new AtomicBoolean();

        /** Removes the timer and the cancellation listeners of a waiting call. */
        private final Queue<Runnable> whenDecided = new ConcurrentLinkedQueue<>();

        Place(CallContext context, Function<QueueTurn, ToolResult> call) {
            this.context = context;
            this.call = call;
        }

        void await() {
            for (Cancellation end : context.ends()) {
                whenDecided.add(end.onCancel(() -> leave(QueueTurn.Refusal.CANCELLED))::close);
            }
            whenDecided.add(CallThreads.after(longestWait, () -> leave(QueueTurn.Refusal.BUSY)));
            if (isDecided.get()) {
                settle();
            }
        }

        /** Returns false if the call was already decided. */
        boolean decide() {
            boolean isFirst = isDecided.compareAndSet(false, true);
            settle();
            return isFirst;
        }

        private void settle() {
            for (Runnable next = whenDecided.poll(); next != null; next = whenDecided.poll()) {
                next.run();
            }
        }

        /** Refuses the call unless it has started. */
        private void leave(QueueTurn.Refusal refusal) {
            if (decide()) {
                synchronized (CallQueue.this) {
                    waiting.remove(this);
                }
                finish(QueueTurn.none(refusal));
            }
        }

        void begin() {
            Duration waited = Duration.ofNanos(System.nanoTime() - came);
            try {
                CallThreads.start(() -> {
                    try {
                        finish(new QueueTurn(null, waited, CallQueue.this::aside));
                    } finally {
                        end();
                    }
                });
            } catch (OutOfMemoryError noThread) {
                end();
                finish(QueueTurn.none(QueueTurn.Refusal.BUSY));
            }
        }

        private void finish(QueueTurn turn) {
            ToolResult answer;
            try {
                answer = call.apply(turn);
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
                return;
            }
            result.complete(answer);
        }
    }
}
