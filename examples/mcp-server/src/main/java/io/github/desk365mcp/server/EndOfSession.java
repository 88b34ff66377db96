package io.github.desk365mcp.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * A request to end another session than that of the client who sent the original one. The SDK ends a session only on
 * request, and keeps it in memory until then.
 */
final class EndOfSession extends HttpServletRequestWrapper {

    private final String session;

    EndOfSession(HttpServletRequest request, String session) {
        super(request);
        this.session = session;
    }

    @Override
    public String getMethod() {
        return "DELETE";
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(WatchedResponse.SESSION) ? session : super.getHeader(name);
    }

    /** {@return a response that leaves the client's own response as it is} */
    static HttpServletResponse unseen(HttpServletResponse response) {
        return new Unseen(response);
    }

    private static final class Unseen extends HttpServletResponseWrapper {

        Unseen(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setStatus(int status) {}

        @Override
        public void sendError(int status) {}

        @Override
        public void sendError(int status, String message) {}

        @Override
        public void setContentType(String type) {}

        @Override
        public void setCharacterEncoding(String encoding) {}

        @Override
        public PrintWriter getWriter() {
            return new PrintWriter(Writer.nullWriter());
        }
    }
}
