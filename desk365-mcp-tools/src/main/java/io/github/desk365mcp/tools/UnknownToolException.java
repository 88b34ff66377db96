package io.github.desk365mcp.tools;

/**
 * A host called a tool that it was not given; MCP answers this with a protocol error. The message is for the model, and
 * names the nearest tool that was listed, if one is near.
 */
public final class UnknownToolException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownToolException(String message) {
        super(message);
    }
}
