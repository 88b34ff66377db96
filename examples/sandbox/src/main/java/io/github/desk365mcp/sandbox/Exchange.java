package io.github.desk365mcp.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A request as it arrived and the status it was answered with.
 *
 * <p>The body array is shared, not copied; whoever receives an exchange must not write to it. Two exchanges are equal
 * only if they share that array.
 *
 * @param method the HTTP method in upper case
 * @param path the path without the query, such as {@code /apis/v3/tickets/details}
 * @param query the decoded query parameters, in the order they came
 * @param headers the request's headers with lower-case names; the value of {@code authorization} is {@code (hidden)}
 * @param body the raw body; empty for a multipart request
 * @param parts the parts of a multipart request, otherwise empty
 * @param status the status of the answer
 */
@SuppressWarnings("ArrayRecordComponent")
public record Exchange(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        byte[] body,
        List<Part> parts,
        int status) {

    /** Returns the body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
