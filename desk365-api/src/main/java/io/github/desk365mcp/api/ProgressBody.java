package io.github.desk365mcp.api;

import java.io.IOException;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import okio.Sink;

/** A body that reports how much of it was sent. */
final class ProgressBody extends WrappedBody {

    private final UploadProgress progress;

    ProgressBody(RequestBody body, UploadProgress progress) {
        super(body);
        this.progress = progress;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        BufferedSink counted = Okio.buffer(new Counted(sink, contentLength(), progress));
        body().writeTo(counted);
        counted.flush();
    }

    private static final class Counted extends ForwardingSink {

        private final long total;
        private final UploadProgress progress;
        private long sent;

        Counted(Sink sink, long total, UploadProgress progress) {
            super(sink);
            this.total = total;
            this.progress = progress;
        }

        @Override
        public void write(Buffer source, long bytes) throws IOException {
            super.write(source, bytes);
            sent += bytes;
            progress.sent(sent, total);
        }
    }
}
