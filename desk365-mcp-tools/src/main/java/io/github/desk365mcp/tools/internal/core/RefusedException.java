package io.github.desk365mcp.tools.internal.core;

/** Thrown by a handler that cannot carry out the call, with a message for the model. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    private final String message;

    public RefusedException(String code, String message) {
        super(message);
        this.code = code;
        this.message = message;
    }

    /** The message without the sentence that nothing was done. */
    public String problem() {
        return message.replaceFirst("^Nothing was done[.] ", "");
    }

    public Outcome.Refused outcome() {
        return new Outcome.Refused(code, message);
    }
}
