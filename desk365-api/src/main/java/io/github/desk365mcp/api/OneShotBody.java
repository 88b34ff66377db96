package io.github.desk365mcp.api;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A body that can be written only once. OkHttp does not resend a request with such a body, and neither can an
 * interceptor.
 */
final class OneShotBody extends WrappedBody {

    private final AtomicBoolean written = new AtomicBoolean();
    private volatile @Nullable TimeLimit limit;

    OneShotBody(RequestBody body) {
        super(body);
    }

    /** Sets the time limit, which stops while this body is written and restarts for the response. */
    void pauses(TimeLimit running) {
        limit = running;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        if (written.getAndSet(true)) {
            throw new IOException("the body was about to be sent a second time");
        }
        TimeLimit running = limit;
        if (running == null) {
            body().writeTo(sink);
            return;
        }
        running.stop();
        try {
            body().writeTo(sink);
            // Otherwise the time for the response would start while bytes are still buffered.
            sink.flush();
        } finally {
            // Also after a failure: OkHttp then reads a response that the service may have sent early.
            running.restart();
        }
    }
}
