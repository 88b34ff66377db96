package io.github.desk365mcp.tools.host;

import java.time.Duration;

/** Thrown by a {@link Confirmation}: a person was asked, and did not answer in time. */
public class NotAnsweredException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Duration waited;

    /** @param waited for how long the question stood open */
    public NotAnsweredException(Duration waited) {
        super("Nobody answered");
        this.waited = waited;
    }

    /** For how long the question stood open. */
    public Duration waited() {
        return waited;
    }
}
