package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.Set;
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

    /**
     * Statuses that are given before anything is done. All others leave that open: with a 5xx the service broke down on
     * the way; and 3xx, 408, 421, 444, 460 or 499 come from something in between, which may have passed the request on
     * before it gave up waiting, or sent a page of its own in place of the answer.
     */
    private static final Set<Integer> REFUSALS = Set.of(
            400, 401, 402, 403, 404, 405, 407, 409, 410, 411, 412, 413, 414, 415, 417, 422, 423, 426, 428, 429, 431);

    boolean mayHaveArrived() {
        return arrivedBefore || !REFUSALS.contains(status);
    }
}
