package io.github.desk365mcp.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A request that is answered by a status and a sentence. */
final class Refusal extends Exception {

    /** The request attribute with the sentence; {@link RefusalValve} writes the response. */
    static final String SENTENCE = Refusal.class.getName();

    private static final long serialVersionUID = 1;

    private final int status;
    private final String sentence;

    Refusal(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
        this.sentence = sentence;
    }

    static Refusal busy() {
        return new Refusal(503, "This server is busy, and nothing was done. Send the same request again in a moment.");
    }

    void write(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(status);
        request.setAttribute(SENTENCE, sentence);
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "1");
        }
    }
}
