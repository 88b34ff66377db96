package io.github.desk365mcp.tools.host;

/**
 * Receives a record of each call when it ends, including refused calls.
 *
 * <p>It runs in the calling thread, so it should be fast; it must be thread-safe. Exceptions it throws are logged and
 * otherwise ignored.
 */
@FunctionalInterface
public interface AuditListener {

    /**
     * Called after a call has ended.
     *
     * @param call what happened
     */
    void ended(AuditRecord call);

    /**
     * {@return a listener that writes one line per call to the logger of this name, at level INFO}
     *
     * @param name the name of a {@link System.Logger}
     */
    static AuditListener logger(String name) {
        System.Logger logger = System.getLogger(name);
        return call -> logger.log(System.Logger.Level.INFO, call.toString());
    }
}
