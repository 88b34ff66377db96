package io.github.desk365mcp.tools.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call that got no response, so that it is unknown whether it was carried out.
 *
 * @param began when the service was called
 * @param ended when the call was given up
 * @param key identifies exactly this call
 */
public record LostCall(Instant began, Instant ended, String key) {

    /**
     * The service may carry out a request shortly after the call was given up; creating a ticket takes two to three
     * seconds.
     */
    private static final Duration LATE = Duration.ofSeconds(10);

    /** The service writes times in whole seconds. */
    private static final Duration STEP = Duration.ofSeconds(1);

    /** When a record was created, relative to the call. */
    public enum When {
        BEFORE,
        DURING,
        AFTER,
        UNKNOWN
    }

    /**
     * Compares the creation of a record with the call.
     *
     * @param created by the service's clock; null if unknown
     * @param clockOffset how far that clock is ahead of ours; null if unknown
     */
    public When when(@Nullable Instant created, @Nullable Duration clockOffset) {
        if (created == null || clockOffset == null) {
            return When.UNKNOWN;
        }
        if (created.isBefore(began.plus(clockOffset).truncatedTo(ChronoUnit.SECONDS))) {
            return When.BEFORE;
        }
        return created.isAfter(ended.plus(clockOffset).plus(STEP).plus(LATE)) ? When.AFTER : When.DURING;
    }
}
