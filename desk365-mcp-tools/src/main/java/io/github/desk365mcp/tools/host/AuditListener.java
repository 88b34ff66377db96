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
     * Called before a call begins, in the thread that makes it, for example to start a span.
     *
     * @param context the context that the host passed with the call
     * @return the listener of this call, which gets its record; this one by default
     */
    default AuditListener begin(CallContext context) {
        return this;
    }

    /**
     * {@return a listener that passes everything on to this one and then to another one, even if one of them throws an
     * exception} One that throws in {@link #begin} gets the record itself.
     *
     * @param other the other listener
     */
    default AuditListener and(AuditListener other) {
        AuditListener first = this;
        return new AuditListener() {
            @Override
            public AuditListener begin(CallContext context) {
                return begun(first, context).and(begun(other, context));
            }

            /** A part that cannot begin must not keep the other from beginning, or from ending what it has begun. */
            private static AuditListener begun(AuditListener part, CallContext context) {
                try {
                    return part.begin(context);
                } catch (RuntimeException e) {
                    System.getLogger(AuditListener.class.getName())
                            .log(
                                    System.Logger.Level.WARNING,
                                    "An audit listener threw {0}",
                                    e.getClass().getName());
                    return part;
                }
            }

            @Override
            public void ended(AuditRecord call) {
                try {
                    first.ended(call);
                } finally {
                    other.ended(call);
                }
            }
        };
    }

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
