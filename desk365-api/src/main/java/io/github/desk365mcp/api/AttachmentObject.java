package io.github.desk365mcp.api;

/**
 * Where to send the JSON object that accompanies uploaded files ({@code ticket_object}, {@code reply_object}, …).
 *
 * <p>The vendor documents the query. Other clients report that a form part with the same name works too, and that the
 * service rejects a long query with 414.
 */
public enum AttachmentObject {
    /** In the query if the URL is shorter than 2,000 characters, otherwise in a form part. */
    AUTO,
    /** In the query. */
    QUERY,
    /** In a form part. */
    FORM
}
