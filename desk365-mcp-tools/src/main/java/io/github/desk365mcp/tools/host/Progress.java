package io.github.desk365mcp.tools.host;

/** Receives the progress of a call, in the thread that makes it; see {@link CallContext#progress(Progress)}. */
@FunctionalInterface
public interface Progress {

    /**
     * The call came further.
     *
     * @param done bytes of an upload, or calls to the helpdesk where a tool makes several; more each time
     * @param total of the same; -1 if the length of a file is not known
     */
    void reached(long done, long total);
}
