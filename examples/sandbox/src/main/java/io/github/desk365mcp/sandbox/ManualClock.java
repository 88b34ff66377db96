package io.github.desk365mcp.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock for tests that moves only when it is told to. Thread-safe. */
public final class ManualClock extends Clock {

    private volatile Instant now;

    /** Starts on Monday, November 23, 2026, at 9:00 UTC, after everything in the seed data. */
    public ManualClock() {
        this(Instant.parse("2026-11-23T09:00:00Z"));
    }

    /**
     * Starts at this time.
     *
     * @param now the time
     */
    public ManualClock(Instant now) {
        this.now = now;
    }

    /**
     * Moves the clock.
     *
     * @param time how far forward; backward if it is negative
     */
    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Returns this clock: the zone does not change the instant. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
