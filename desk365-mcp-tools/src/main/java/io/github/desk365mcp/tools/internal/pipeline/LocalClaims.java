package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.LostCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims of a process that shares no state: it remembers the calls without a response. Thread-safe. */
final class LocalClaims implements Claims {

    private static final int MOST = 1_000;

    private final Clock clock;
    private final Duration memory;

    /** By the key of the record that they create. */
    private final Map<String, LostCall> lost = new HashMap<>();

    LocalClaims(Clock clock, Duration memory) {
        this.clock = clock;
        this.memory = memory;
    }

    @Override
    public Attempt claim(String key, String recordKey) {
        synchronized (lost) {
            forgetOld();
            return new Attempt(new Local(recordKey, lost.get(recordKey)), null);
        }
    }

    private void forgetOld() {
        Instant now = clock.instant();
        lost.values().removeIf(call -> !now.isBefore(call.ended().plus(memory)));
    }

    private final class Local implements Claim {

        private final String recordKey;
        private final @Nullable LostCall before;

        Local(String recordKey, @Nullable LostCall before) {
            this.recordKey = recordKey;
            this.before = before;
        }

        @Override
        public @Nullable LostCall before() {
            return before;
        }

        @Override
        public void searched() {
            synchronized (lost) {
                lost.computeIfPresent(recordKey, (unused, call) -> call.searched());
            }
        }

        @Override
        public Call.@Nullable Permit permit() {
            return null;
        }

        /** Never evicts another call, since its error promised to remember it. */
        @Override
        public boolean lost(LostCall call) {
            synchronized (lost) {
                forgetOld();
                boolean isKept = lost.size() < MOST || lost.containsKey(recordKey);
                if (isKept) {
                    lost.put(recordKey, call);
                }
                return isKept;
            }
        }

        @Override
        public void made(Made answer) {
            synchronized (lost) {
                lost.remove(recordKey);
            }
        }

        @Override
        public void release() {
            // An earlier lost call is still remembered.
        }
    }
}
