package io.github.desk365mcp.tools.host;

import java.util.List;
import java.util.Optional;

/**
 * The calls that need a person's approval, for a page, chat or queue where people decide.
 *
 * <pre>{@code
 * for (PendingCall call : tools.pendingCalls().waiting()) {
 *     show(call.text());
 * }
 * PendingCall done = tools.pendingCalls().approve(id, "jane", "chat");
 * show(done.state() + " " + done.message());
 * }</pre>
 *
 * <p>The host decides who may read and decide: every method sees the calls of all callers and tenants. Only the
 * first decision on a call takes effect. For {@link Policy#approvalsLast} after it, an equal call of the model gets the
 * outcome. Calls are kept in memory: at most 200 that wait, 50 of them of one caller or of calls without a caller, and the
 * latest that were decided or have expired: at least 200, or fewer if the arguments of all calls have more than five million
 * characters. Thread-safe.
 *
 * <p>Every method throws an {@link java.io.UncheckedIOException} if the shared state cannot be reached.
 */
public interface PendingCalls {

    /** {@return the calls that wait for a decision, oldest first} */
    List<PendingCall> waiting();

    /** {@return the calls that were decided or have expired, latest first} */
    List<PendingCall> decided();

    /**
     * {@return the call with this identifier; empty if there is none, or it was forgotten}
     *
     * @param id see {@link PendingCall#id()}
     */
    Optional<PendingCall> find(String id);

    /**
     * Approves a call and carries it out in this thread, with exactly the arguments and files of the preview.
     *
     * <p>The recipients are looked up again before anything is sent; the call fails if they differ from the preview. If
     * nothing could be sent for now, because the server is busy, the calls of the plan are used up, or the service
     * could not be reached, the call waits again, with the reason as its message. If the call was decided before, or has expired, nothing is done.
     *
     * @param id see {@link PendingCall#id()}
     * @param by who approves, for the audit and the record of decisions
     * @param channel how, such as {@code page} or {@code chat}
     * @return the call with its outcome; {@link PendingCall#decidedBy()} tells whose decision counted
     * @throws IllegalArgumentException if there is no such call
     */
    PendingCall approve(String id, String by, String channel);

    /**
     * Declines a call. If it was decided before, or has expired, nothing changes.
     *
     * @param id see {@link PendingCall#id()}
     * @param by who declines, for the audit and the record of decisions
     * @param channel how, such as {@code page} or {@code chat}
     * @param words what to tell the model, at most 500 characters of it; empty for nothing
     * @return the call
     * @throws IllegalArgumentException if there is no such call
     */
    PendingCall decline(String id, String by, String channel, String words);
}
