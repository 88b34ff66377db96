package io.github.desk365mcp.server.approval;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A form that strangers may send, and may send slowly: it keeps no thread until all of it has arrived. */
final class ComingForm implements ReadListener, AsyncListener {

    private static final String READ = ComingForm.class.getName();

    private final HttpServletRequest request;
    private final AsyncContext later;
    private final ServletInputStream input;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicBoolean isRead = new AtomicBoolean();

    private ComingForm(HttpServletRequest request) throws IOException {
        this.request = request;
        input = request.getInputStream();
        later = request.startAsync();
    }

    /**
     * Returns the form of a request; null if it has not arrived yet. Then the request comes again when the form is there, or
     * does not come in time.
     */
    static @Nullable Form of(HttpServletRequest request) throws IOException {
        if (request.getAttribute(READ) instanceof Form read) {
            return read;
        }
        ComingForm coming = new ComingForm(request);
        coming.later.setTimeout(Form.LONGEST.toMillis());
        coming.later.addListener(coming);
        coming.input.setReadListener(coming);
        return null;
    }

    private void comes(boolean isWhole) {
        if (isRead.compareAndSet(false, true)) {
            request.setAttribute(READ, Form.of(request, isWhole ? body : new ByteArrayOutputStream()));
            later.dispatch();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = new byte[2048];
        while (input.isReady() && !isRead.get()) {
            int read = input.read(buffer);
            if (read < 0) {
                return;
            }
            body.write(buffer, 0, read);
            if (body.size() > Form.MOST_BYTES) {
                comes(false);
            }
        }
    }

    @Override
    public void onAllDataRead() {
        comes(true);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        comes(false);
    }

    @Override
    public void onError(Throwable disconnected) {
        if (isRead.compareAndSet(false, true)) {
            later.complete();
        }
    }

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
