package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * A response, or one of its fields, does not have the expected form. This includes a response that is too large: over
 * 64 MiB after decompression, a text of over 16 million characters, over 500 levels of nesting, or over a million JSON
 * tokens (100 tickets with 300 fields each have 60,000).
 *
 * <p>The service responded with a success status, so a write was probably carried out, and {@link #mayHaveArrived()} is
 * true.
 */
public final class InvalidResponseException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception. The client does so itself; this constructor is for tests of code that calls the client.
     *
     * @param message names the operation and says what is wrong with the response
     */
    public InvalidResponseException(String message) {
        this(message, null);
    }

    InvalidResponseException(String message, @Nullable Throwable cause) {
        super(message, true, cause);
    }
}
