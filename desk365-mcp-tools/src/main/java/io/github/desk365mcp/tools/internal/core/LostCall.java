package io.github.desk365mcp.tools.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call that got no response, so that it is unknown whether it was carried out.
 *
 * @param began when the service was called
 * @param ended when the call was given up
 * @param key identifies exactly this call
 * @param clockOffset how far the service's clock was ahead of ours before the call was given up; null if unknown
 * @param isSearched whether its record was searched for without success before {@link #settled()}
 */
public record LostCall(
        Instant began, Instant ended, String key, @Nullable Duration clockOffset, boolean isSearched) {

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

    /** From when on a record that cannot be found does not exist. */
    public Instant settled() {
        return ended.plus(LATE);
    }

    /** The same call, after a search before {@link #settled()} that found no record. */
    public LostCall searched() {
        return new LostCall(began, ended, key, clockOffset, true);
    }

    /**
     * Compares the creation of a record with the call. A single wrong {@code Date} header must not decide, so the
     * result is known only if it is the same by the offset at the time of the call (zero if unknown) and by the current
     * one.
     *
     * @param created by the service's clock; null if unknown
     * @param currentOffset how far that clock is ahead of ours; null if unknown
     */
    public When when(@Nullable Instant created, @Nullable Duration currentOffset) {
        if (created == null || currentOffset == null) {
            return When.UNKNOWN;
        }
        When now = at(created, currentOffset);
        return now == at(created, Objects.requireNonNullElse(clockOffset, Duration.ZERO)) ? now : When.UNKNOWN;
    }

    private When at(Instant created, Duration offset) {
        if (created.isBefore(began.plus(offset).truncatedTo(ChronoUnit.SECONDS))) {
            return When.BEFORE;
        }
        return created.isAfter(ended.plus(offset).plus(STEP).plus(LATE)) ? When.AFTER : When.DURING;
    }
}
