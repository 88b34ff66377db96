package io.github.desk365mcp.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service answered with an error status.
 *
 * <p>Statuses that call for a reaction of their own have a subclass; every other one, known or not, is a plain
 * {@code ApiException}.
 */
public class ApiException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    /** The HTTP status. */
    private final int status;

    /** What the service said. */
    private final @Nullable String serverMessage;

    /** What a Retry-After header said. */
    private final @Nullable Duration retryAfter;

    ApiException(ErrorAnswer answer) {
        super(answer.message(), answer.mayHaveArrived(), null);
        this.status = answer.status();
        this.serverMessage = answer.serverMessage();
        this.retryAfter = answer.retryAfter();
    }

    /** The HTTP status. */
    public final int status() {
        return status;
    }

    /** What the service said, as plain text of at most 500 characters; null if it said nothing readable. */
    public final @Nullable String serverMessage() {
        return serverMessage;
    }

    /**
     * How long the service asks to wait. Null if it does not say: whether the live service sends {@code Retry-After} is
     * unknown, so be ready for null.
     */
    public final @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
