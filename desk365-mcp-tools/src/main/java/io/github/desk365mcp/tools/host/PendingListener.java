package io.github.desk365mcp.tools.host;

/**
 * Learns of calls that need a person's approval, for example to post them in a chat.
 *
 * <p>It runs in the thread of the call or of the decision, so it should be fast; it must be thread-safe. Exceptions it
 * throws are logged and otherwise ignored.
 */
@FunctionalInterface
public interface PendingListener {

    /**
     * Called once for each call that begins to wait.
     *
     * @param call what waits
     */
    void waits(PendingCall call);

    /**
     * Called once for each call that was approved or declined, after an approved call has ended.
     *
     * @param call what was decided, and what came of it
     */
    default void decided(PendingCall call) {}
}
