package io.github.desk365mcp.tools.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call that got no answer, so that nobody knows whether it was carried out.
 *
 * @param began when the helpdesk was called
 * @param ended when it was given up
 * @param key of exactly this call
 */
public record LostCall(Instant began, Instant ended, String key) {

    /** The service may act on what was given up a little earlier; making a ticket takes it two to three seconds. */
    private static final Duration LATE = Duration.ofSeconds(10);

    /** The service writes times in whole seconds. */
    private static final Duration STEP = Duration.ofSeconds(1);

    /** When a record was made, as seen from the call. */
    public enum When {
        BEFORE,
        DURING,
        AFTER,
        UNKNOWN
    }

    /**
     * When a record was made.
     *
     * @param created by the service's clock; null if it does not say
     * @param clockOffset how far that clock is ahead of ours; null if it never said
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
