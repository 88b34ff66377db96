package io.github.desk365mcp.tools;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

    /** The processor time of the current thread in nanoseconds; the time of day where the system does not report it. */
    public static long ofThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
