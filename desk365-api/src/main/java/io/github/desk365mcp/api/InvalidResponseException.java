package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * An answer, or a field of it, is not of the form that was asked for. So is an answer that is too large: more than
 * 64 MiB, unpacked; a text of more than 16 million characters; more than a million values, names, and ends of objects and
 * arrays, of which 100 tickets with 300 fields each have 60,000; or more than 500 levels. A write was probably carried out nevertheless,
 * since the service answered with success; so {@link #mayHaveArrived()} is true.
 */
public final class InvalidResponseException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    /**
     * An answer that cannot be used. The client makes these; a test of code that calls the client can, too.
     *
     * @param message names the operation, and what is wrong with its answer
     */
    public InvalidResponseException(String message) {
        this(message, null);
    }

    InvalidResponseException(String message, @Nullable Throwable cause) {
        super(message, true, cause);
    }
}
