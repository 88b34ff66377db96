package io.github.desk365mcp.tools.host;

/** A reference to a file is refused by an {@link AttachmentResolver}, for a reason that the model is told. */
public final class AttachmentRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * The reason.
     *
     * @param message one or two sentences: what was wrong, and what to do instead
     */
    public AttachmentRefusedException(String message) {
        super(message);
    }
}
