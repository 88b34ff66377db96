package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * No TLS connection to this server is possible: its certificate has expired, is for another host name, or was issued by
 * an authority that this Java runtime does not trust, or the two sides have no TLS version in common. A retry does not
 * help until a person has fixed what {@link #reason()} says.
 */
public final class TlsException extends TransportException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception. The client does so itself; this constructor is for tests of code that calls the client.
     *
     * @param message names the operation
     * @param reason what is wrong, and what to do about it
     * @param mayHaveArrived whether the call may have been carried out
     * @param cause the underlying failure, or null
     */
    public TlsException(String message, String reason, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, reason, mayHaveArrived, cause);
    }
}
