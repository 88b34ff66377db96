package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.CallQueue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for how many calls run at once, and for how long. */
final class CallOptions {

    private static final int LONGEST = 3_600;

    @Option(
            names = "--calls",
            paramLabel = "NUMBER",
            description = "How many calls run at once, for all callers together. Default: 64.")
    private int running = 64;

    @Option(
            names = "--calls-waiting",
            paramLabel = "NUMBER",
            description = "How many more calls can wait. Further calls are refused, because the server is busy."
                    + " Default: 256.")
    private int waiting = 256;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long Desk365 may take to answer. A call can wait for half of this time; its waiting"
                    + " time is deducted. Default: 30.")
    private @Nullable Integer timeout;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range; the message is one sentence for the user
     */
    void check() {
        if (running < 1 || running > 1_000 || waiting < 0 || waiting > 10_000) {
            throw new IllegalArgumentException("--calls takes 1 to 1000, and --calls-waiting 0 to 10000.");
        }
        if (timeout != null && (timeout < 1 || timeout > LONGEST)) {
            throw new IllegalArgumentException("--timeout takes 1 to " + LONGEST + " seconds.");
        }
    }

    Duration timeout() {
        return Duration.ofSeconds(timeout == null ? 30 : timeout);
    }

    CallQueue queue() {
        return CallQueue.of(running, waiting, timeout().dividedBy(2));
    }

    /** {@return how many calls can exist at once: running, waiting to run, or waiting for a person} */
    int most() {
        return running + 2 * waiting;
    }
}
