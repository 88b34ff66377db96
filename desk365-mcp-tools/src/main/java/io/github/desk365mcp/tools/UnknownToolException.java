package io.github.desk365mcp.tools;

/**
 * Thrown when a host calls a tool that is not listed for the caller; an MCP server responds with a protocol error. The
 * message is for the model, and names the nearest tool that is listed, if one is near.
 */
public final class UnknownToolException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownToolException(String message) {
        super(message);
    }
}
