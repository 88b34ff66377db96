package io.github.desk365mcp.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many calls are left, as of the last counted answer.
 *
 * <p>The service sends one header, {@code X-Rate-Limit-Remaining}. Limit and reset are estimates: the limit is that of
 * the {@link Plan} which the host named, and the reset assumes a fixed window that began when the counter was last seen
 * to rise.
 *
 * @param remaining calls left, as the service said; the plan's calls once its window is estimated to be over
 * @param limit estimated: calls in one window; null if no plan was named
 * @param reset estimated: the longest time until the counter starts anew; null if no plan was named
 * @param observation which counted answer it is from: 1 for the first that this client got. A higher one is newer, also
 *     where the counter says the same
 */
public record RateLimit(
        int remaining, @Nullable Integer limit, @Nullable Duration reset, long observation) {}
