package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls in threads of its own: so many at once, and so many more wait for their turn.
 *
 * <p>The threads are virtual where the JDK has them (21 and later). A call that finds the queue full, or waits in it for
 * too long, is refused at once with the code {@code busy}: nothing was sent. What a call has waited is taken off the time
 * that its requests may take. A call that is cancelled or abandoned while it waits is never begun. A call that waits for
 * a person, or for an equal call, lets another have its turn meanwhile. Thread-safe; several hosts may share one.
 */
public final class CallQueue {

    private static final int RUNNING = 64;
    private static final int WAITING = 256;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final int mostRunning;
    private final int mostWaiting;
    private final Duration longestWait;
    private final Deque<Place> waiting = new ArrayDeque<>();

    /** Those who gave up their turn, and have something to do again: before all who have not begun. */
    private final Deque<CompletableFuture<@Nullable Void>> returning = new ArrayDeque<>();

    private int running;
    private int aside;

    private CallQueue(int mostRunning, int mostWaiting, Duration longestWait) {
        this.mostRunning = mostRunning;
        this.mostWaiting = mostWaiting;
        this.longestWait = longestWait;
    }

    /** 64 calls at once, and 256 that wait, for 15 seconds at the longest: half of what a request may take by default. */
    public static CallQueue standard() {
        return of(RUNNING, WAITING, LONGEST_WAIT);
    }

    /**
     * A queue of other sizes.
     *
     * @param running how many calls are made at once
     * @param waiting how many may wait for their turn; also how many may wait for a person without keeping their turn
     * @param longestWait how long a call may wait. More than half of the client's timeout is of no use: a call that has
     *     so little time left is refused
     * @throws IllegalArgumentException if none can run, or a number is negative
     */
    public static CallQueue of(int running, int waiting, Duration longestWait) {
        if (running < 1 || waiting < 0 || longestWait.isNegative()) {
            throw new IllegalArgumentException("A queue runs one call or more, and waits for no negative time");
        }
        return new CallQueue(running, waiting, longestWait);
    }

    /**
     * Makes a call as {@link BoundTools#call(String, Map, CallContext)} does, in another thread.
     *
     * @return the result; or the exception that the call would have thrown. To cancel it, use the context's
     *     {@link Cancellation}
     */
    public CompletableFuture<ToolResult> call(
            BoundTools tools, String name, @Nullable Map<String, ?> arguments, CallContext context) {
        Place place = new Place(tools, name, arguments, context);
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

    /** Hands a turn on to whoever is next. */
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
        synchronized (this) {
            if (aside >= mostWaiting) {
                return wait.getAsBoolean();
            }
            aside++;
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

    /** One call, and what becomes of it. */
    private final class Place {

        private final BoundTools tools;
        private final String name;
        private final @Nullable Map<String, ?> arguments;
        private final CallContext context;
        private final long came = System.nanoTime();
        private final CompletableFuture<ToolResult> result = new CompletableFuture<>();

        /** Whether it is known what becomes of it: it begins, or it is refused, never both. */
        private final AtomicBoolean isDecided = new AtomicBoolean();

        /** Takes off what would end the waiting. */
        private final Queue<Runnable> whenDecided = new ConcurrentLinkedQueue<>();

        Place(BoundTools tools, String name, @Nullable Map<String, ?> arguments, CallContext context) {
            this.tools = tools;
            this.name = name;
            this.arguments = arguments;
            this.context = context;
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

        /** False if that was done before. */
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

        /** Refuses the call unless it has begun. */
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
                answer = tools.enter(name, arguments, context, turn);
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
                return;
            }
            result.complete(answer);
        }
    }
}
