package io.github.desk365mcp.server.oauth;

/** A token was not accepted. The message repeats nothing of the token. */
public final class RefusedTokenException extends Exception {

    private static final long serialVersionUID = 1;

    private final TokenFault fault;

    RefusedTokenException(TokenFault fault) {
        super(fault.sentence(), null, false, false);
        this.fault = fault;
    }

    /** {@return why} */
    public TokenFault fault() {
        return fault;
    }
}
