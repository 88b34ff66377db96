package io.github.desk365mcp.api;

/** Receives the progress of uploads, on the thread of the call; see {@link RequestOptions#progress(UploadProgress)}. */
@FunctionalInterface
public interface UploadProgress {

    /**
     * Called when more bytes were handed to the connection. Some of them may not have been transmitted yet.
     *
     * @param bytes the bytes of the request body so far, including the form's separators; starts again when a call is
     *     retried
     * @param total the total bytes of the body, or -1 if the length of a file is unknown
     */
    void sent(long bytes, long total);
}
