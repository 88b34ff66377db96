package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * When a failed call is retried; by default never.
 *
 * <p>With more than one attempt, 429 is retried for every method, because the call was refused. 502, 503, 504 and
 * missing responses are retried only for GET, PUT and DELETE, and never after a {@link TlsException}, which a person
 * must resolve. A POST is never repeated after a broken connection: it could create a second ticket or write to the
 * customer twice.
 *
 * <p>The service's {@code Retry-After} is honored within the bounds of the two waits. If a wait would leave less than
 * half a second of the call's timeout, the failure is thrown at once.
 *
 * @param attempts the maximum number of attempts, 1 to 10
 * @param firstWait the wait before the second attempt. It doubles each time, and up to half of it is randomly
 *     subtracted
 * @param longestWait the maximum wait
 */
public record RetryPolicy(int attempts, Duration firstWait, Duration longestWait) {

    /** Longer waits would overflow in calculations. Half of this exceeds every timeout. */
    private static final Duration LONGEST = Duration.ofDays(2 * 365);

    private static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    /**
     * Creates a retry policy.
     *
     * @param attempts the maximum number of attempts, 1 to 10
     * @param firstWait the wait before the second attempt
     * @param longestWait the maximum wait
     * @throws IllegalArgumentException if a value is out of range
     */
    public RetryPolicy {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("attempts must be 1 to 10, not " + attempts);
        }
        if (firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("waits must not be negative, nor the longest below the first");
        }
    }

    /** {@return a policy with one attempt} */
    public static RetryPolicy never() {
        return NEVER;
    }

    /**
     * Creates a policy with waits from 1 to 30 seconds.
     *
     * @param attempts the maximum number of attempts, 1 to 10
     * @return the policy
     * @throws IllegalArgumentException if the number is out of range
     */
    public static RetryPolicy upTo(int attempts) {
        return new RetryPolicy(attempts, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /** Returns the wait before the next attempt, or null if there is none. */
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
