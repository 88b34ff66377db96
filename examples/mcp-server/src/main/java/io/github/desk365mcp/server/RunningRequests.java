package io.github.desk365mcp.server;

import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeUnit;

/** Counts the running requests, so that there are not too many, and they can finish before the server ends. Thread-safe. */
final class RunningRequests {

    /** How many requests to the approval page may run at once. Strangers can send them, so they have a limit of their own. */
    private static final int MOST_ON_PAGE = 32;

    private final int most;
    private int inside;
    private int onPage;
    private boolean closing;

    /** @param most how many requests may run at once, in addition to those to the approval page */
    RunningRequests(int most) {
        this.most = most;
    }

    synchronized boolean isClosing() {
        return closing;
    }

    synchronized void enter() throws Refusal {
        checkOpen(inside < most);
        inside++;
    }

    synchronized void enterPage() throws Refusal {
        checkOpen(onPage < MOST_ON_PAGE);
        onPage++;
    }

    private void checkOpen(boolean hasRoom) throws Refusal {
        if (closing) {
            throw new Refusal(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The server is shutting down.");
        }
        if (!hasRoom) {
            throw Refusal.busy();
        }
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    synchronized void leavePage() {
        onPage--;
        notifyAll();
    }

    /** Refuses new requests. */
    synchronized void close() {
        closing = true;
    }

    /** Waits until no request is running, or until this {@link System#nanoTime}. */
    synchronized void awaitLeave(long deadline) {
        try {
            while (inside + onPage > 0 && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
