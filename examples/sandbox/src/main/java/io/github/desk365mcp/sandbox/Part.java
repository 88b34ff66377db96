package io.github.desk365mcp.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * One part of a multipart request. Only the size and the digest of a file are kept, so that a recording of large
 * uploads stays small.
 *
 * @param name the part's name in the form
 * @param fileName the file name that the client sent, or null for a plain form field
 * @param contentType the part's own content type, or null if it has none
 * @param size the number of bytes of the content
 * @param sha256 the SHA-256 digest of the content, in lower-case hex
 * @param text the content as UTF-8 if the part has no file name, otherwise null
 */
public record Part(
        String name,
        @Nullable String fileName,
        @Nullable String contentType,
        long size,
        String sha256,
        @Nullable String text) {}
