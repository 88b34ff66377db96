package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many calls are left, as of the last counted answer.
 *
 * <p>The service sends one header, {@code X-Rate-Limit-Remaining}. Limit and reset are estimates: the limit is that of
 * the {@link Plan} which the host named, and the reset assumes a fixed window that began when the counter was last seen
 * to rise.
 *
 * <p>Immutable; two are equal if they say the same.
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
     * A rate limit, for tests of code that reads one.
     *
     * @param remaining calls left
     * @param limit calls in one window; null if not known
     * @param reset the longest time until the counter starts anew; null if not known
     * @param observation which counted answer it is from, from 1 on
     */
    public static RateLimit of(int remaining, @Nullable Integer limit, @Nullable Duration reset, long observation) {
        return new RateLimit(remaining, limit, reset, observation);
    }

    /** Calls left, as the service said; the plan's calls once its window is estimated to be over. */
    public int remaining() {
        return remaining;
    }

    /** Estimated: calls in one window; null if no plan was named. */
    public @Nullable Integer limit() {
        return limit;
    }

    /** Estimated: the longest time until the counter starts anew; null if no plan was named. */
    public @Nullable Duration reset() {
        return reset;
    }

    /**
     * Which counted answer it is from: 1 for the first that this client got. A higher one is newer, also where the
     * counter says the same.
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
