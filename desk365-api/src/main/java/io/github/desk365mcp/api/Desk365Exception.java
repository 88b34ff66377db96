package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * A call did not end well; the subclasses say how.
 *
 * <ul>
 *   <li>{@link ApiException}: the service answered, and refused;
 *   <li>{@link TransportException}: no answer came; {@link TransportException#mayHaveArrived()} says whether the service
 *       may have acted all the same;
 *   <li>{@link InvalidResponseException}: an answer came that cannot be read.
 * </ul>
 *
 * <p>Messages name the operation, the status and what the service said. They hold neither the query nor the body nor
 * the API key.
 */
public class Desk365Exception extends RuntimeException {

    private static final long serialVersionUID = 1;

    Desk365Exception(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
