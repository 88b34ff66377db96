package io.github.desk365mcp.tools.internal.attachments;

/** A file's content cannot be shown here; the message says why, for the model. */
final class UnreadableFileException extends Exception {

    private static final long serialVersionUID = 1;

    UnreadableFileException(String why) {
        super(why);
    }
}
