package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.CallQueue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for how many calls are made at once, and for how long. */
final class CallOptions {

    private static final int LONGEST = 3_600;

    @Option(
            names = "--calls",
            paramLabel = "NUMBER",
            description = "How many calls are made at once, of all callers together. Default: 64.")
    private int running = 64;

    @Option(
            names = "--calls-waiting",
            paramLabel = "NUMBER",
            description = "How many more may wait for their turn; beyond it, calls are told that the server is busy."
                    + " Default: 256.")
    private int waiting = 256;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long Desk365 may take to answer, of which a call may wait one half for its turn."
                    + " Default: 30.")
    private @Nullable Integer timeout;

    /**
     * Looks whether the numbers make sense.
     *
     * @throws IllegalArgumentException if not; the message is a sentence
     */
    void check() {
        if (running < 1 || running > 1_000 || waiting < 0 || waiting > 10_000) {
            throw new IllegalArgumentException("--calls is 1 to 1000, and --calls-waiting 0 to 10000.");
        }
        if (timeout != null && (timeout < 1 || timeout > LONGEST)) {
            throw new IllegalArgumentException("--timeout is 1 to " + LONGEST + " seconds.");
        }
    }

    Duration timeout() {
        return Duration.ofSeconds(timeout == null ? 30 : timeout);
    }

    CallQueue queue() {
        return CallQueue.of(running, waiting, timeout().dividedBy(2));
    }

    /** How many calls can be there together: they run, wait for their turn, or wait for a person. */
    int most() {
        return running + 2 * waiting;
    }
}
