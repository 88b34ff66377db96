package io.github.desk365mcp.tools.host;

/**
 * Asks a person whether a call may act.
 *
 * <p>It runs in the calling thread and may block until the person has answered. It must be thread-safe. One that throws
 * has not agreed; a {@link NotAnsweredException} says that the person was asked, and did not answer in time.
 */
@FunctionalInterface
public interface Confirmation {

    /**
     * Whether a person agrees.
     *
     * @param preview what would be done, in lines of plain text: what is sent, from whom, to whom, and what it changes
     * @param context whose call it is
     */
    boolean agrees(String preview, CallContext context);
}
