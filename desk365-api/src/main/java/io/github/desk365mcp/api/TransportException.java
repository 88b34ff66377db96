package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/** No answer came: no connection, a broken one, a timeout, or a cancellation. */
public class TransportException extends Desk365Exception {

    private static final long serialVersionUID = 1;

    TransportException(String message, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, mayHaveArrived, cause);
    }
}
