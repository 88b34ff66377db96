package io.github.desk365mcp.api;

/**
 * Where the JSON object travels that goes beside uploaded files ({@code ticket_object}, {@code reply_object}, …).
 *
 * <p>The vendor documents the query; other clients report that a form part of the same name works as well, and that a
 * long query is refused with 414.
 */
public enum AttachmentObject {
    /** In the query while the whole URL stays under 2,000 characters, else as a form part. */
    AUTO,
    /** Always in the query. */
    QUERY,
    /** Always as a form part. */
    FORM
}
