package io.github.desk365mcp.api;

/**
 * The client refuses a call before anything of it leaves: a filter without a value, an upload without a file, a path that
 * leads elsewhere, a value that is no JSON. The message says which, and quotes no value.
 *
 * <p>It promises that nothing was sent. Any other {@link IllegalArgumentException} that comes out of a call, such as
 * one that an interceptor of the host throws, does not.
 */
public final class InvalidArgumentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /**
     * A refused call. The client makes these; a test of code that calls the client can, too.
     *
     * @param message says what is refused, and quotes no value
     */
    public InvalidArgumentException(String message) {
        super(message);
    }
}
