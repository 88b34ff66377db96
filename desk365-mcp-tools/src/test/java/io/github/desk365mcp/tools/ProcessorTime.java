package io.github.desk365mcp.tools;

import java.time.Duration;

/** Measures work without what other processes do meanwhile. */
public final class ProcessorTime {

    private ProcessorTime() {}

    /** The processor time of this process in nanoseconds; the time of day where the system does not report it. */
    public static long used() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseGet(System::nanoTime);
    }
}
