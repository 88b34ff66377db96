package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class WatchedResponseTest {

    private final StringWriter sent = new StringWriter();
    private final Visit visit = new Visit("session");

    @Test
    void no_comment_is_written_before_the_headers_of_a_stream_are_sent() throws IOException {
        WatchedResponse response = response("text/event-stream", () -> visit.beat());
        PrintWriter events = response.getWriter();

        response.setContentType("text/event-stream");
        visit.beat();
        response.flushBuffer();
        assertThat(sent.toString()).isEmpty();

        visit.beat();
        events.write("data: {}\n\n");
        events.flush();
        events.write("data: []\n\n");
        events.close();
        visit.end();
        visit.beat();
        assertThat(sent).hasToString(":\n\ndata: {}\n\ndata: []\n\n");
    }

    @Test
    void a_response_that_is_no_stream_has_no_comments() throws IOException {
        WatchedResponse response = response("application/json", () -> {});
        response.getWriter().write("{}");

        response.flushBuffer();
        visit.beat();

        assertThat(sent).hasToString("{}");
    }

    /** The response of a servlet container, as far as the SDK uses it. */
    private WatchedResponse response(String type, Runnable whileHeadersAreSent) {
        PrintWriter writer = new PrintWriter(sent);
        HttpServletResponse container = (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getWriter":
                            return writer;
                        case "getContentType":
                            return type;
                        case "getStatus":
                            return HttpServletResponse.SC_OK;
                        case "flushBuffer":
                            whileHeadersAreSent.run();
                            return null;
                        default:
                            return null;
                    }
                });
        return new WatchedResponse(container, visit, false, session -> {}, answer -> {});
    }
}
