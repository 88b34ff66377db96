package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The number of calls left, as of the last counted response.
 *
 * <p>The service sends a single header, {@code X-Rate-Limit-Remaining}. The limit and the reset are estimates: the
 * limit is that of the {@link Plan} set on the builder, and the reset assumes a fixed window that started when the
 * counter last rose.
 *
 * <p>Immutable. Two objects are equal if their values are.
 */
public final class RateLimit {

    private final int remaining;
    private final @Nullable Integer limit;
    private final @Nullable Duration reset;
    private final long observation;

    private RateLimit(int remaining, @Nullable Integer limit, @Nullable Duration reset, long observation) {
        this.remaining = remaining;
        this.limit = limit;
        this.reset = reset;
        this.observation = observation;
    }

    /**
     * Creates a rate limit, for tests of code that reads one.
     *
     * @param remaining the calls left
     * @param limit the calls in one window, or null if unknown
     * @param reset the maximum time until the counter restarts, or null if unknown
     * @param observation the number of the counted response, from 1
     * @return the rate limit
     */
    public static RateLimit of(int remaining, @Nullable Integer limit, @Nullable Duration reset, long observation) {
        return new RateLimit(remaining, limit, reset, observation);
    }

    /**
     * {@return the calls left, as reported by the service, or the plan's number of calls once its window is estimated
     * to be over}
     */
    public int remaining() {
        return remaining;
    }

    /** {@return the estimated number of calls in one window, or null if no plan was set} */
    public @Nullable Integer limit() {
        return limit;
    }

    /** {@return the estimated maximum time until the counter restarts, or null if no plan was set} */
    public @Nullable Duration reset() {
        return reset;
    }

    /**
     * {@return the sequence number of the counted response that these values are from, 1 for the client's first} A
     * higher number is newer, even if the counter is unchanged.
     */
    public long observation() {
        return observation;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RateLimit that
                && remaining == that.remaining
                && Objects.equals(limit, that.limit)
                && Objects.equals(reset, that.reset)
                && observation == that.observation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(remaining, limit, reset, observation);
    }

    @Override
    public String toString() {
        return "RateLimit[remaining=" + remaining + ", limit=" + limit + ", reset=" + reset + ", observation="
                + observation + "]";
    }
}
