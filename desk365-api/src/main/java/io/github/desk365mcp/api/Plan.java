package io.github.desk365mcp.api;

import java.time.Duration;

/**
 * The account's plan, which determines the number of calls. The service does not report the plan, so set it on the
 * client's builder.
 */
public enum Plan {
    /** 100 calls per hour. */
    STANDARD(100, Duration.ofHours(1)),
    /** 50 calls per minute. */
    PLUS(50, Duration.ofMinutes(1)),
    /** 50 calls per minute. */
    PREMIUM(50, Duration.ofMinutes(1));

    private final int calls;
    private final Duration window;

    Plan(int calls, Duration window) {
        this.calls = calls;
        this.window = window;
    }

    /** {@return the number of calls in one window} A search counts as five calls. */
    public int calls() {
        return calls;
    }

    /** {@return the period in which calls are counted} */
    public Duration window() {
        return window;
    }
}
