package io.github.desk365mcp.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service answered with an error status.
 *
 * <p>Statuses that call for a reaction of their own have a subclass; every other one, known or not, is a plain
 * {@code ApiException}.
 *
 * <p>The message has the operation, the status and a hint, and none of the service's own words, which may quote what a
 * customer wrote: {@link #serverMessage()} has them.
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

    /**
     * What the service said, as plain text of at most 500 characters; null if it said nothing readable. It may quote
     * values that were sent, such as an address, so think before logging it.
     */
    public final @Nullable String serverMessage() {
        return serverMessage;
    }

    /**
     * How long the service asks to wait, at most a year; zero if it named a time that is over. Null if it does not say
     * so in seconds or as a date: whether the live service sends {@code Retry-After} is unknown, so be ready for null. A
     * date is compared with the time that the service itself tells, else with this machine's.
     */
    public final @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
