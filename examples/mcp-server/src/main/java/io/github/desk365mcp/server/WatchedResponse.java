package io.github.desk365mcp.server;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;

/**
 * A response of the SDK's servlets. It reports new sessions, drops the SDK's error bodies, which are stack traces except
 * those for modern clients, and writes event streams through the visit.
 */
final class WatchedResponse extends HttpServletResponseWrapper {

    static final String SESSION = "Mcp-Session-Id";

    private final Visit visit;
    private final boolean isModern;
    private final Consumer<String> sessionBegan;
    private final Consumer<HttpServletResponse> showCallsLeft;

    /**
     * Creates a response.
     *
     * @param visit writes event streams
     * @param isModern whether the client is of revision 2026-07-28
     * @param sessionBegan gets the identifiers of new sessions
     * @param showCallsLeft adds headers to a JSON answer
     */
    WatchedResponse(
            HttpServletResponse response,
            Visit visit,
            boolean isModern,
            Consumer<String> sessionBegan,
            Consumer<HttpServletResponse> showCallsLeft) {
        super(response);
        this.visit = visit;
        this.isModern = isModern;
        this.sessionBegan = sessionBegan;
        this.showCallsLeft = showCallsLeft;
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase(SESSION)) {
            sessionBegan.accept(value);
        }
        super.setHeader(name, value);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (getStatus() >= SC_BAD_REQUEST && !isModern) {
            return new PrintWriter(Writer.nullWriter());
        }
        String type = String.valueOf(getContentType());
        if (type.startsWith("application/json")) {
            showCallsLeft.accept((HttpServletResponse) getResponse());
        }
        // The SDK takes the writer of a stream before it sets the content type.
        boolean mayBeStream = getContentType() == null || isStream();
        return mayBeStream ? visit.events(super.getWriter()) : super.getWriter();
    }

    /**
     * Sends the headers. Comments are written by another thread, so none may be written before: two threads that send the
     * beginning of one response mix its bytes.
     */
    @Override
    public void flushBuffer() throws IOException {
        super.flushBuffer();
        if (isStream()) {
            visit.streams();
        }
    }

    private boolean isStream() {
        return String.valueOf(getContentType()).startsWith("text/event-stream");
    }
}
