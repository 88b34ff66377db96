package io.github.desk365mcp.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request, and the status of its response.
 *
 * <p>The body array is shared, not copied, so do not modify it. Two exchanges are equal only if they share the array.
 *
 * @param method the HTTP method in upper case
 * @param path the path without the query, such as {@code /apis/v3/tickets/details}
 * @param query the decoded query parameters, in the order of the request
 * @param headers the request's headers with lower-case names; the value of {@code authorization} is {@code (hidden)}
 * @param body the raw body; empty for a multipart request
 * @param parts the parts of a multipart request, otherwise empty
 * @param status the status of the response
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

    /**
     * Creates an exchange from a request to another server, so that {@link Contract#violations} can check it. The
     * status is 0.
     *
     * @param method the HTTP method in upper case
     * @param target the path with the query, as in the first line of the request
     * @param headers the headers, with names in lower case
     * @param body the whole body
     * @return the exchange
     */
    public static Exchange of(String method, URI target, Map<String, List<String>> headers, byte[] body) {
        try {
            return Request.read(method, target, headers, new ByteArrayInputStream(body), new Rules(Set.of()))
                    .exchange(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the body as UTF-8 text} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns everything except the body, and the size of the body. */
    @Override
    public String toString() {
        return "Exchange[" + method + " " + path + ", query=" + query + ", headers=" + headers + ", body=" + body.length
                + " bytes, parts=" + parts + ", status=" + status + "]";
    }
}
