package io.github.desk365mcp.server;

import io.github.desk365mcp.api.ApiException;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.SharedState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the server can do its work now, for the probes of balancers and service managers. Thread-safe.
 *
 * <p>Probes come every few seconds, so the result of a slow check is remembered, and no probe waits for a check that
 * another one has started.
 */
final class Readiness {

    /** How long the result for the helpdesk is remembered. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Duration STATE_INTERVAL = Duration.ofSeconds(5);

    /** How long the helpdesk may take to answer a check; probes usually wait for a few seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Map<String, BooleanSupplier> checks;

    private Readiness(Map<String, BooleanSupplier> checks) {
        this.checks = checks;
    }

    /** {@return a readiness without checks} */
    static Readiness always() {
        return new Readiness(Map.of());
    }

    /** {@return a readiness that needs an access that has not ended, a helpdesk that answers, and the shared state, if any} */
    static Readiness of(Policy policy, Desk365Client desk) {
        Desk365Client quick = desk.with(options -> options.timeout(TIMEOUT));
        Readiness own = always().and("access", () -> !policy.hasEnded())
                .and("helpdesk", remembered(() -> answers(quick), INTERVAL, System::nanoTime));
        SharedState state = policy.state();
        return state == null
                ? own
                : own.and("state", remembered(() -> reaches(state), STATE_INTERVAL, System::nanoTime));
    }

    private static boolean reaches(SharedState state) {
        state.get("ready");
        return true;
    }

    /**
     * {@return a copy with one more check}
     *
     * @param name its name in the response, such as {@code state}
     * @param check whether it is well; called for each probe, so a slow one must be {@link #remembered}
     */
    Readiness and(String name, BooleanSupplier check) {
        Map<String, BooleanSupplier> all = new LinkedHashMap<>(checks);
        all.put(name, check);
        return new Readiness(all);
    }

    /** {@return the names of the checks that fail; empty if the server is ready} */
    List<String> failing() {
        List<String> failing = new ArrayList<>();
        checks.forEach((name, check) -> {
            if (!isWell(check)) {
                failing.add(name);
            }
        });
        return failing;
    }

    private static boolean isWell(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The ping is not counted as a call. A response with an error shows that the helpdesk is reachable. */
    private static boolean answers(Desk365Client desk) {
        try {
            desk.ping();
            return true;
        } catch (ApiException e) {
            return e.status() < 500;
        } catch (Desk365Exception e) {
            return false;
        }
    }

    /**
     * {@return a check that is made at most once in an interval} While it is being made, others get the result before,
     * or false if there is none.
     *
     * @param check the check
     * @param interval how long its result is remembered
     * @param nanos the time, as in {@link System#nanoTime}
     */
    static BooleanSupplier remembered(BooleanSupplier check, Duration interval, LongSupplier nanos) {
        AtomicBoolean isRunning = new AtomicBoolean();
        return new BooleanSupplier() {

            private volatile boolean hasRun;
            private volatile boolean result;
            private volatile long at;

            @Override
            public boolean getAsBoolean() {
                boolean isDue = !hasRun || nanos.getAsLong() - at >= interval.toNanos();
                if (isDue && isRunning.compareAndSet(false, true)) {
                    try {
                        at = nanos.getAsLong();
                        result = isWell(check);
                        hasRun = true;
                    } finally {
                        isRunning.set(false);
                    }
                }
                return result;
            }
        };
    }
}
