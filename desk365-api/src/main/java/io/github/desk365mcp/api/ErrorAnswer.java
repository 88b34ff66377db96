package io.github.desk365mcp.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What exceptions are made of.
 *
 * @param message with the operation and the status, and nothing that the service said
 * @param arrivedBefore whether an earlier attempt of the same call may have been carried out
 */
record ErrorAnswer(
        String message,
        int status,
        @Nullable String serverMessage,
        @Nullable Duration retryAfter,
        boolean arrivedBefore) {

    /** After a fault of the service, nobody knows what it had done by then. */
    boolean mayHaveArrived() {
        return arrivedBefore || status >= 500;
    }
}
