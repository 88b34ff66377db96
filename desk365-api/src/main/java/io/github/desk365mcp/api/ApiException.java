package io.github.desk365mcp.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service responded with an error status.
 *
 * <p>Statuses that call for a specific reaction have a subclass; all others are a plain {@code ApiException}.
 *
 * <p>The message has the operation, the status and a hint. It does not include the service's message, which may quote a
 * customer: see {@link #serverMessage()}.
 */
public class ApiException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    /** The HTTP status. */
    private final int status;

    /** The service's message. */
    private final @Nullable String serverMessage;

    /** The wait from the Retry-After header. */
    private final @Nullable Duration retryAfter;

    /**
     * Creates the exception for a status, of the matching subclass. Intended for tests of code that calls the client;
     * {@link #mayHaveArrived()} follows from the status, as for a real response.
     *
     * @param status the HTTP status, 300 or above
     * @param serverMessage the service's message, or null if there is none
     * @param retryAfter how long the service asks to wait, or null if it does not say
     * @return the exception
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

    /** {@return the HTTP status} */
    public final int status() {
        return status;
    }

    /**
     * {@return the service's message as plain text of at most 500 characters, or null if there is none that can be
     * read} The message may quote request values such as an email address, so consider that before logging it.
     */
    public final @Nullable String serverMessage() {
        return serverMessage;
    }

    /**
     * {@return how long the service asks to wait, at most a year; zero if it names a time in the past; null if it does
     * not say} Whether the live service sends {@code Retry-After} is unknown, so expect null. A date is compared with
     * the {@code Date} header of the response, or with this machine's clock if there is none.
     */
    public final @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
