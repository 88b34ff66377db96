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
     * Called once for each new pending call, except calls that the client shows on a card.
     *
     * @param call what waits
     */
    void waits(PendingCall call);

    /**
     * Called once when a call is declined, or when an approved call has finished. Not called when a call expires or waits
     * again. With a {@link Policy#state shared state}, it is also called in the process where the call began to wait, if
     * another one has decided: within a few seconds, in a thread of the library.
     *
     * @param call what was decided, and the outcome
     */
    default void decided(PendingCall call) {}
}
