package io.github.desk365mcp.tools.host;

import java.time.Duration;

/** Thrown by a {@link Confirmation} if the person did not answer in time. */
public class NotAnsweredException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** How long the host waited for an answer. */
    private final Duration waited;

    /**
     * Creates the exception.
     *
     * @param waited how long the host waited for an answer
     */
    public NotAnsweredException(Duration waited) {
        super("Nobody answered");
        this.waited = waited;
    }

    /** {@return how long the host waited for an answer} */
    public Duration waited() {
        return waited;
    }
}
