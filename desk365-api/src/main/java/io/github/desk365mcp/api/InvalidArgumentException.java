package io.github.desk365mcp.api;

/**
 * The client refused a call before sending anything, for example because of a filter without values, an upload without
 * files, a path outside the API, or a value that is not JSON. The message says which, and quotes no value.
 *
 * <p>This exception guarantees that nothing was sent. Any other {@link IllegalArgumentException} from a call, for
 * example from a custom interceptor, does not.
 */
public final class InvalidArgumentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception. The client does so itself; this constructor is for tests of code that calls the client.
     *
     * @param message says what is refused, without quoting a value
     */
    public InvalidArgumentException(String message) {
        super(message);
    }
}
