package io.github.desk365mcp.api;

import java.time.Duration;

/** The account's plan, which decides how many calls it has. The service does not tell it; the host may. */
public enum Plan {
    /** 100 calls an hour. */
    STANDARD(100, Duration.ofHours(1)),
    /** 50 calls a minute. */
    PLUS(50, Duration.ofMinutes(1)),
    /** 50 calls a minute. */
    PREMIUM(50, Duration.ofMinutes(1));

    private final int calls;
    private final Duration window;

    Plan(int calls, Duration window) {
        this.calls = calls;
        this.window = window;
    }

    /** Calls in one window. A search counts as five. */
    public int calls() {
        return calls;
    }

    /** The window that the calls are counted in. */
    public Duration window() {
        return window;
    }
}
