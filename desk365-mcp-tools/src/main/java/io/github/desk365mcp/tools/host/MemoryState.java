package io.github.desk365mcp.tools.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values in the memory of this process. Thread-safe. */
final class MemoryState implements SharedState {

    /** How many values are stored between two searches for ended ones. */
    private static final int BETWEEN_SWEEPS = 1_000;

    private final Clock clock;
    private final Map<String, Entry> entries = new HashMap<>();
    private int untilSweep = BETWEEN_SWEEPS;

    private record Entry(byte[] value, Instant end) {}

    MemoryState(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized byte @Nullable [] get(String key) {
        Entry entry = entries.get(key);
        if (entry != null && !clock.instant().isBefore(entry.end())) {
            entries.remove(key);
            return null;
        }
        return entry == null ? null : entry.value().clone();
    }

    @Override
    public synchronized byte @Nullable [] putIfAbsent(String key, byte[] value, Duration life) {
        byte[] existing = get(key);
        if (existing == null) {
            put(key, value, life);
        }
        return existing;
    }

    @Override
    public synchronized boolean compareAndSet(String key, byte[] expected, byte[] value, Duration life) {
        boolean isExpected = Arrays.equals(expected, get(key));
        if (isExpected) {
            put(key, value, life);
        }
        return isExpected;
    }

    @Override
    public synchronized boolean remove(String key, byte[] expected) {
        boolean isExpected = Arrays.equals(expected, get(key));
        if (isExpected) {
            entries.remove(key);
        }
        return isExpected;
    }

    private void put(String key, byte[] value, Duration life) {
        Instant now = clock.instant();
        if (--untilSweep <= 0) {
            untilSweep = BETWEEN_SWEEPS;
            entries.values().removeIf(entry -> !now.isBefore(entry.end()));
        }
        entries.put(key, new Entry(value.clone(), now.plus(life)));
    }

    /** {@return the number of values} */
    @Override
    public synchronized String toString() {
        return "SharedState[" + entries.size() + " values in memory]";
    }
}
