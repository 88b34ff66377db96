package io.github.desk365mcp.tools.host;

/** Receives the progress of a call, in the thread that makes the call; see {@link CallContext#progress(Progress)}. */
@FunctionalInterface
public interface Progress {

    /**
     * Reports progress.
     *
     * @param done bytes uploaded or, if a tool makes several, requests completed; it increases with each report
     * @param total the number of bytes or requests; -1 if the length of a file is unknown
     */
    void reached(long done, long total);
}
