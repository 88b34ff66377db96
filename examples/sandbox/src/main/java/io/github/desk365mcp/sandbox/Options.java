package io.github.desk365mcp.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a sandbox is to be. Handed to the consumer of {@link Desk365Sandbox#start(java.util.function.Consumer)}. */
public final class Options {

    private int port;
    private Clock clock = Clock.systemUTC();
    private Plan plan = Plan.PLUS;
    private boolean contractsEnabled;
    private @Nullable Duration retryAfter;
    private final Set<Guess> without = EnumSet.noneOf(Guess.class);
    private final Set<String> ignored = new HashSet<>();

    Options() {}

    /** Sets the port; 0, the default, takes any that is free. */
    public Options port(int port) {
        this.port = port;
        return this;
    }

    /**
     * Sets the clock that dates new records, ages links to attachments and ends windows of the rate limit. The system
     * clock unless told otherwise; the seed data has fixed times in October and November 2026 in any case.
     */
    public Options clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /** Sets the rate limit, {@link Plan#PLUS} unless told otherwise. */
    public Options plan(Plan plan) {
        this.plan = plan;
        return this;
    }

    /** Grants access to contracts, which the vendor does on request only; otherwise they are answered with 403. */
    public Options contractsEnabled(boolean enabled) {
        this.contractsEnabled = enabled;
        return this;
    }

    /** Adds a {@code Retry-After} header to answers with 429. Nobody knows whether the service has one. */
    public Options retryAfter(Duration wait) {
        this.retryAfter = wait;
        return this;
    }

    /** Switches guessed refusals off. */
    public Options without(Guess... guesses) {
        without.addAll(List.of(guesses));
        return this;
    }

    /**
     * Ignores these filters of tickets and query parameters in silence, by their names on the wire, as the service does
     * with those that it does not know.
     */
    public Options ignoring(String... names) {
        ignored.addAll(List.of(names));
        return this;
    }

    int port() {
        return port;
    }

    Clock clock() {
        return clock;
    }

    Plan plan() {
        return plan;
    }

    boolean contractsEnabled() {
        return contractsEnabled;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    Rules rules() {
        return new Rules(without, ignored);
    }
}
