package io.github.desk365mcp.api;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** A body with the type, length and content of another one. */
abstract class WrappedBody extends RequestBody {

    private final RequestBody body;

    WrappedBody(RequestBody body) {
        this.body = body;
    }

    final RequestBody body() {
        return body;
    }

    @Override
    public final @Nullable MediaType contentType() {
        return body.contentType();
    }

    @Override
    public final long contentLength() throws IOException {
        return body.contentLength();
    }
}
