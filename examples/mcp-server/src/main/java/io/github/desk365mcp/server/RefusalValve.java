package io.github.desk365mcp.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Writes the responses for refused requests. Tomcat's own error pages would show its version and the requested address.
 * The valve also prevents that bodies which are not read occupy all threads.
 */
final class RefusalValve extends ValveBase {

    /** How many threads may read the rest of refused bodies. */
    static final int MOST_READERS = 20;

    private static final int MOST_UNREAD_BYTES = 1 << 20;

    /**
     * The rest of a refused body is read, so that the response arrives, but only for a limited number of requests at a
     * time.
     */
    private final Semaphore unread = new Semaphore(MOST_READERS);

    RefusalValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (response.getStatus() == 400) {
            request.setAttribute(Refusal.SENTENCE, "The address or the headers are invalid or too large.");
        }
        getNext().invoke(request, response);
        if (request.isAsync()) {
            return;
        }
        if (response.getStatus() >= 400 && !response.isCommitted() && response.getContentWritten() == 0) {
            explain(request, response);
        }
        if (!request.getCoyoteRequest().isFinished()) {
            leave(request, response);
        }
    }

    private static void explain(Request request, Response response) throws IOException {
        response.setSuspended(false);
        response.resetBuffer();
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        PrintWriter writer = response.getReporter();
        if (writer != null) {
            int status = response.getStatus();
            String sentence = request.getAttribute(Refusal.SENTENCE) instanceof String given ? given : sentence(status);
            writer.write("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + (status < 500 ? -32600 : -32603)
                    + ",\"message\":\"" + sentence + "\"}}");
            response.finishResponse();
        }
    }

    private static String sentence(int status) {
        return switch (status) {
            case 400 ->
                "This is not an MCP request: the header Accept must list application/json and text/event-stream, and"
                        + " in revisions before 2026-07-28, a request other than initialize needs the header"
                        + " Mcp-Session-Id.";
            case 401 -> "Send a token that this server accepts.";
            case 403, 421 -> "This Host or Origin is not allowed; add it with --allow-host.";
            case 404 -> "This session or address does not exist; start with initialize.";
            case 405 -> "Use POST; GET and DELETE are for sessions.";
            case 408 -> "The rest of the message did not arrive in time.";
            case 413 -> "The message is too large.";
            case 415 -> "The header Content-Type must be application/json.";
            case 503 -> "The server is shutting down.";
            default -> "The request cannot be answered.";
        };
    }

    private void leave(Request request, Response response) {
        org.apache.coyote.Request unfinished = request.getCoyoteRequest();
        // Where a listener reads, reading does not wait, so there is no end to come to.
        if (unfinished.getReadListener() == null && unread.tryAcquire()) {
            try {
                response.finishResponse();
                // Tomcat closes the stream with the response, so the connection itself is read.
                Discarding discarding = new Discarding();
                int left = MOST_UNREAD_BYTES;
                for (int read = 0; left > 0 && read >= 0; left -= read) {
                    read = unfinished.doRead(discarding);
                }
            } catch (IOException | RuntimeException e) {
                // The client sends nothing more, or Tomcat could not read the headers.
            } finally {
                unread.release();
            }
        }
        if (!unfinished.isFinished()) {
            unfinished.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Where Tomcat leaves what it has read. */
    private static final class Discarding implements ApplicationBufferHandler {

        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer read) {
            bytes = read;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // Nothing is kept.
        }
    }
}
