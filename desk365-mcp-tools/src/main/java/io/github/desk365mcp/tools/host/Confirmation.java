package io.github.desk365mcp.tools.host;

/**
 * Asks a person whether a call may be carried out.
 *
 * <p>It runs in the calling thread and may block until the person has answered. It must be thread-safe.
 *
 * <p>To refuse the call, return {@code false}. A {@link NotAnsweredException} means that the person did not answer in time,
 * and refuses it too. After any other exception, the call waits as a {@link PendingCall}, which can still be approved, if
 * the policy or the context lets calls wait; otherwise it is refused.
 */
@FunctionalInterface
public interface Confirmation {

    /**
     * Asks a person.
     *
     * @param preview what the call would do, as lines of plain text: what is sent, from whom, to whom, and what changes
     * @param context the call's context
     * @return whether the person agrees
     */
    boolean agrees(String preview, CallContext context);
}
