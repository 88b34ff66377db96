package io.github.desk365mcp.tools;

/** Nothing is listed for this caller; a host answers as it does to a missing login. */
public final class AccessRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AccessRefusedException(String message) {
        super(message);
    }
}
