package io.github.desk365mcp.tools.internal.state;

/** The shared state cannot be reached, or has a value that cannot be read. Its message names no value. */
public final class StateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
