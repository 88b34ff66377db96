package io.github.desk365mcp.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of a sandbox. Passed to the consumer of {@link Desk365Sandbox#start(java.util.function.Consumer)}. */
public final class Options {

    private int port;
    private Clock clock = Clock.systemUTC();
    private Plan plan = Plan.PLUS;
    private boolean contractsEnabled;
    private @Nullable Duration retryAfter;
    private final Set<Guess> without = EnumSet.noneOf(Guess.class);
    private final Set<String> ignored = new HashSet<>();

    Options() {}

    /**
     * Sets the port. The default, 0, uses any free port.
     *
     * @param port the port
     * @return these options
     */
    public Options port(int port) {
        this.port = port;
        return this;
    }

    /**
     * Sets the clock for the times of new records, the expiry of links to attachments and the windows of the rate
     * limit. The default is the system clock. The seed data always has fixed times in October and November 2026.
     *
     * @param clock the clock
     * @return these options
     */
    public Options clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Sets the rate limit. The default is {@link Plan#PLUS}.
     *
     * @param plan the plan
     * @return these options
     */
    public Options plan(Plan plan) {
        this.plan = plan;
        return this;
    }

    /**
     * Enables contracts. The vendor enables them only on request; by default they are refused with 403.
     *
     * @param enabled whether contracts are enabled
     * @return these options
     */
    public Options contractsEnabled(boolean enabled) {
        this.contractsEnabled = enabled;
        return this;
    }

    /**
     * Adds a {@code Retry-After} header to responses with 429. Whether the service sends one is unknown.
     *
     * @param wait how long to wait
     * @return these options
     */
    public Options retryAfter(Duration wait) {
        this.retryAfter = wait;
        return this;
    }

    /**
     * Turns guessed refusals off.
     *
     * @param guesses which refusals
     * @return these options
     */
    public Options without(Guess... guesses) {
        without.addAll(List.of(guesses));
        return this;
    }

    /**
     * Silently ignores these ticket filters and query parameters, by their API names, as the service does with unknown
     * ones.
     *
     * @param names names such as {@code status}
     * @return these options
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
