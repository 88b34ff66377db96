package io.github.desk365mcp.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.concurrent.Semaphore;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Answers what is refused in place of Tomcat, whose pages have its version and the address that was asked for, and
 * does not let bodies that nobody reads take all threads.
 */
final class RefusalValve extends ValveBase {

    /** How many threads may read what nobody wants. */
    static final int MOST_READERS = 20;

    private static final int MOST_UNREAD_BYTES = 1 << 20;

    /** Who sends a body that is refused is read to its end, so that the answer arrives; but only so many at a time. */
    private final Semaphore unread = new Semaphore(MOST_READERS);

    RefusalValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
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
                "This is no request of MCP: the header Accept must name application/json and text/event-stream, and"
                        + " all but initialize needs the header Mcp-Session-Id.";
            case 401 -> "Show a token that is known here.";
            case 403, 421 -> "This Host or Origin is not let in; --allow-host names others.";
            case 404 -> "There is no such session, or no such address; begin with initialize.";
            case 405 -> "Use POST, GET or DELETE.";
            case 408 -> "The rest of the message did not come.";
            case 413 -> "The message is too large.";
            case 415 -> "The header Content-Type must be application/json.";
            case 503 -> "The server is ending.";
            default -> "The request cannot be answered.";
        };
    }

    private void leave(Request request, Response response) {
        if (unread.tryAcquire()) {
            try {
                response.finishResponse();
                InputStream body = request.getInputStream();
                byte[] buffer = new byte[8192];
                int left = MOST_UNREAD_BYTES;
                for (int read = 0; left > 0 && read >= 0; left -= read) {
                    read = body.read(buffer);
                }
            } catch (IOException | IllegalStateException e) {
                // The rest does not come.
            } finally {
                unread.release();
            }
        }
        if (!request.getCoyoteRequest().isFinished()) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }
}
