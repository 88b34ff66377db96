package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * When a call that failed is tried again; by default never.
 *
 * <p>With more than one attempt, 429 is waited out for every method, since the call was refused; 502, 503, 504 and
 * answers that did not come only for GET, PUT and DELETE, and never where a {@link TlsException} says that a person must
 * act. A POST is never repeated after a broken connection: it would open a second
 * ticket, or write to the customer twice. A {@code Retry-After} of the service is honored between the two waits. A wait
 * that would leave less than half a second of the call's timeout is not begun: the failure is thrown instead.
 *
 * @param attempts how often a call is made at the most, 1 to 10
 * @param firstWait the wait before the second attempt; it doubles each time, and up to half of it is left out at random
 * @param longestWait no wait is longer
 */
public record RetryPolicy(int attempts, Duration firstWait, Duration longestWait) {

    /** Longer waits cannot be counted with; half of it outlasts every timeout. */
    private static final Duration LONGEST = Duration.ofDays(2 * 365);

    private static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    /** Checks the figures. */
    public RetryPolicy {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("attempts must be 1 to 10, not " + attempts);
        }
        if (firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("waits must not be negative, the longest not below the first");
        }
    }

    /** One attempt. */
    public static RetryPolicy never() {
        return NEVER;
    }

    /** So many attempts, with waits from one second to thirty. */
    public static RetryPolicy upTo(int attempts) {
        return new RetryPolicy(attempts, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /** The wait before the next attempt, or null if there is none. */
    @Nullable
    Duration waitAfter(int attempt, Operation.Method method, Desk365Exception failure, Random random) {
        if (attempt >= attempts || !mayRepeat(method, failure)) {
            return null;
        }
        Duration most = shorter(longestWait, LONGEST);
        Duration first = shorter(firstWait, most);
        if (failure instanceof ApiException refused && refused.retryAfter() != null) {
            Duration asked = refused.retryAfter();
            return asked.compareTo(first) < 0 ? first : shorter(asked, most);
        }
        Duration wait = shorter(first.multipliedBy(1L << (attempt - 1)), most);
        return wait.minusMillis((long) (wait.toMillis() / 2.0 * random.nextDouble()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static boolean mayRepeat(Operation.Method method, Desk365Exception failure) {
        if (failure instanceof RateLimitedException) {
            return true;
        }
        if (method == Operation.Method.POST
                || failure instanceof CancelledException
                || failure instanceof TlsException) {
            return false;
        }
        return failure instanceof TransportException
                || failure instanceof ApiException refused && refused.status() >= 502 && refused.status() <= 504;
    }
}
