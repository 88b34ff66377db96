package io.github.desk365mcp.tools.host;

/** Thrown by the handler of an {@link OwnTool} to end a call with a message for the model. */
public final class CallRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Ends the call.
     *
     * @param message one or two sentences for the model: what is wrong, what was done before, and what to do instead. It
     *     is not marked, so it must not quote what people outside wrote
     */
    public CallRefusedException(String message) {
        super(message);
    }
}
