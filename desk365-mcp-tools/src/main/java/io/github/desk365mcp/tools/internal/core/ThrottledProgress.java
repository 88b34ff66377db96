package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.Progress;

/** Reports progress in steps, to avoid a message for each chunk, and only increasing values, as MCP requires. */
public final class ThrottledProgress implements Progress {

    private static final System.Logger LOG = System.getLogger(Progress.class.getName());
    private static final long MOST_STEPS = 100;
    private static final long STEP_OF_UNKNOWN = 256 * 1024;

    private final Progress host;
    private long reported = -1;

    public ThrottledProgress(Progress host) {
        this.host = host;
    }

    @Override
    public synchronized void reached(long done, long total) {
        long step = total < 0 ? STEP_OF_UNKNOWN : Math.max(1, total / MOST_STEPS);
        boolean isStep = reported < 0 || done >= reported + step || done == total;
        if (!isStep || done <= reported) {
            return;
        }
        reported = done;
        try {
            host.reached(done, total);
        } catch (RuntimeException gone) {
            // The client may have disconnected, which must not interrupt the call.
            LOG.log(System.Logger.Level.DEBUG, "Progress was not reported", gone);
        }
    }
}
