package io.github.desk365mcp.api;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body that is written once: OkHttp does not repeat a request that has one, and nobody else can. */
final class OneShotBody extends RequestBody {

    private final RequestBody body;
    private final AtomicBoolean written = new AtomicBoolean();
    private volatile @Nullable TimeLimit limit;

    OneShotBody(RequestBody body) {
        this.body = body;
    }

    /** Does not run while this is written, and begins anew for the answer. */
    void pauses(TimeLimit running) {
        limit = running;
    }

    RequestBody body() {
        return body;
    }

    @Override
    public @Nullable MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
        return body.contentLength();
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
            body.writeTo(sink);
            return;
        }
        running.stop();
        try {
            body.writeTo(sink);
            // Or the time for the answer would begin while bytes are still here.
            sink.flush();
        } finally {
            // Also after a failure: OkHttp reads whether the service had refused already.
            running.restart();
        }
    }
}
