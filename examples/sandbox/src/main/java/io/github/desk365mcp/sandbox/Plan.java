package io.github.desk365mcp.sandbox;

import java.time.Duration;

/** How many calls an account can make before it gets 429. */
public enum Plan {
    /** A hundred calls an hour. */
    STANDARD(100, Duration.ofHours(1)),

    /** Fifty calls a minute, as on Plus and Premium. */
    PLUS(50, Duration.ofMinutes(1)),

    /** No limit, and no rate-limit header. The service has no such plan; it is for long tests. */
    UNLIMITED(Integer.MAX_VALUE, Duration.ofDays(1));

    private final int calls;
    private final Duration window;

    Plan(int calls, Duration window) {
        this.calls = calls;
        this.window = window;
    }

    /** {@return the number of calls in one window} */
    public int calls() {
        return calls;
    }

    /** {@return the length of a window} */
    public Duration window() {
        return window;
    }
}
