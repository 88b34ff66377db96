package io.github.desk365mcp.api;

/** Told how far an upload is, by the thread that makes the call; see {@link RequestOptions#progress(UploadProgress)}. */
@FunctionalInterface
public interface UploadProgress {

    /**
     * More bytes were handed to the connection, some of which may still be on their way.
     *
     * @param bytes of the request's body so far: the files, and the little that stands between them. It begins anew when
     *     a call is tried again
     * @param total bytes of the body; -1 if the length of a file is not known
     */
    void sent(long bytes, long total);
}
