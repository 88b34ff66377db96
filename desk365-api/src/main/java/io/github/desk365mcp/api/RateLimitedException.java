package io.github.desk365mcp.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** 429: the calls of this plan are used up for now. Nothing was done. */
public final class RateLimitedException extends ApiException {

    private static final long serialVersionUID = 1;

    /** What a Retry-After header said. */
    private final @Nullable Duration retryAfter;

    RateLimitedException(String message, int status, @Nullable String serverMessage, @Nullable Duration retryAfter) {
        super(message, status, serverMessage);
        this.retryAfter = retryAfter;
    }

    /**
     * How long the service asks to wait. Null if it does not say: whether the live service sends {@code Retry-After} is
     * unknown, so be ready for null.
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
