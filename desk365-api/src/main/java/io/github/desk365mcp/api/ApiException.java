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

    /**
     * The exception for a status, of the subclass that belongs to it. For tests of code that calls the client;
     * {@link #mayHaveArrived()} follows from the status as it does for a real answer.
     *
     * @param status the HTTP status, 300 or more
     * @param serverMessage what the service said; null if nothing
     * @param retryAfter how long the service asks to wait; null if it does not say
     */
    public static ApiException of(int status, @Nullable String serverMessage, @Nullable Duration retryAfter) {
        return of(new ErrorAnswer("call: " + status, status, serverMessage, retryAfter, false));
    }

    static ApiException of(ErrorAnswer answer) {
        return switch (answer.status()) {
            case 401 -> new UnauthorizedException(answer);
            case 403 -> new ForbiddenException(answer);
            case 404 -> new NotFoundException(answer);
            case 409 -> new ConflictException(answer);
            case 429 -> new RateLimitedException(answer);
            default -> new ApiException(answer);
        };
    }

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
