package io.github.desk365mcp.tools.host;

/**
 * Is told of every call once it has ended, refused ones too.
 *
 * <p>It runs in the calling thread, so it should be quick; it must be thread-safe. What it throws is logged and changes
 * nothing.
 */
@FunctionalInterface
public interface AuditListener {

    /** A call has ended. */
    void ended(AuditRecord call);

    /** Writes a line a call to the logger of this name, at INFO. */
    static AuditListener logger(String name) {
        System.Logger logger = System.getLogger(name);
        return call -> logger.log(System.Logger.Level.INFO, call.toString());
    }
}
