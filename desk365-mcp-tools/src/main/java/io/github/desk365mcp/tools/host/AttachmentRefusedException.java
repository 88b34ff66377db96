package io.github.desk365mcp.tools.host;

/** Thrown by an {@link AttachmentResolver} to refuse a reference to a file, with a message for the model. */
public final class AttachmentRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Refuses a reference.
     *
     * @param message one or two sentences for the model: what is wrong, and what to do instead
     */
    public AttachmentRefusedException(String message) {
        super(message);
    }
}
