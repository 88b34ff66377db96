package io.github.desk365mcp.api;

import org.jspecify.annotations.Nullable;

/**
 * There is no TLS with this server: its certificate has expired, is for another host name, or is from an authority that
 * this Java does not trust, or the two have no version of TLS in common. Trying again does not help until a person has
 * mended what {@link #reason()} says.
 */
public final class TlsException extends TransportException {

    private static final long serialVersionUID = 1;

    /**
     * A failure of TLS. The client makes these; a test of code that calls the client can, too.
     *
     * @param message names the operation
     * @param reason what is wrong, and what a person can do
     * @param mayHaveArrived whether the call may have been carried out all the same
     * @param cause what was thrown below; null if nothing
     */
    public TlsException(String message, String reason, boolean mayHaveArrived, @Nullable Throwable cause) {
        super(message, reason, mayHaveArrived, cause);
    }
}
