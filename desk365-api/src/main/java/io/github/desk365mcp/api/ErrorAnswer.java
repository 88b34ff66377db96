package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data of an {@link ApiException}.
 *
 * @param message has the operation and the status, but not the service's message
 * @param status the HTTP status
 * @param serverMessage the service's message
 * @param retryAfter the requested wait
 * @param mayHaveArrivedAnyway whether the call may have been carried out even if the status says that it was refused:
 *     by an earlier attempt, or because 409 can only mean that the same request was received twice
 */
record ErrorAnswer(
        String message,
        int status,
        @Nullable String serverMessage,
        @Nullable Duration retryAfter,
        boolean mayHaveArrivedAnyway) {

    /**
     * Statuses with which a server refuses a request before doing anything. All others leave the outcome open. With
     * 5xx, the service failed while handling the request. 3xx, 408, 421, 444, 460 and 499 come from a server in
     * between, which may have forwarded the request before it timed out or replaced the response.
     */
    private static final Set<Integer> REFUSALS = Set.of(
            400, 401, 402, 403, 404, 405, 407, 409, 410, 411, 412, 413, 414, 415, 417, 422, 423, 426, 428, 429, 431);

    boolean mayHaveArrived() {
        return mayHaveArrivedAnyway || !REFUSALS.contains(status);
    }
}
