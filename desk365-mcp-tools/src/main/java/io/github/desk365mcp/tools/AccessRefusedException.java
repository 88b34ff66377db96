package io.github.desk365mcp.tools;

/** Thrown when tools are listed for a caller whom the policy does not let in. A host treats it like a missing login. */
public final class AccessRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AccessRefusedException(String message) {
        super(message);
    }
}
