package io.github.desk365mcp.tools.internal.core;

/** A handler found that the call cannot be done, in words for the model. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For programs. */
    private final String code;

    /** For the model. */
    private final String message;

    public RefusedException(String code, String message) {
        super(message);
        this.code = code;
        this.message = message;
    }

    public Outcome.Refused outcome() {
        return new Outcome.Refused(code, message);
    }
}
