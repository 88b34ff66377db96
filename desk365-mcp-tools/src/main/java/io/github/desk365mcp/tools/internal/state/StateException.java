package io.github.desk365mcp.tools.internal.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** The shared state cannot be reached, or has a value that cannot be read. Its message names no value. */
public final class StateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StateException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Runs an operation for a host, which does not know this class.
     *
     * @throws UncheckedIOException if the shared state cannot be reached
     */
    public static <T> T reach(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (StateException e) {
            throw new UncheckedIOException(new IOException("The shared state cannot be reached: " + e.getMessage(), e));
        }
    }
}
