package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingListener;
import org.jspecify.annotations.Nullable;

/** Tells the host's listener about pending calls. A listener that throws does not affect the call. */
record PendingNotices(@Nullable PendingListener listener) {

    private static final System.Logger LOG = System.getLogger(PendingNotices.class.getName());

    void waits(PendingCall call) {
        if (listener != null) {
            safely(() -> listener.waits(call));
        }
    }

    void decided(PendingCall call) {
        if (listener != null) {
            safely(() -> listener.decided(call));
        }
    }

    private static void safely(Runnable notice) {
        try {
            notice.run();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The pending listener threw {0}",
                    e.getClass().getName());
        }
    }
}
