package io.github.desk365mcp.api;

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

    ApiException(String message, int status, @Nullable String serverMessage) {
        super(message, null);
        this.status = status;
        this.serverMessage = serverMessage;
    }

    /** The HTTP status. */
    public final int status() {
        return status;
    }

    /** What the service said, as plain text of at most 500 characters; null if it said nothing readable. */
    public final @Nullable String serverMessage() {
        return serverMessage;
    }
}
