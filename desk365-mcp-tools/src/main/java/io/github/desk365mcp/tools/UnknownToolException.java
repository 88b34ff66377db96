package io.github.desk365mcp.tools;

/** A host called a tool that it was not given; MCP answers this with a protocol error. */
public final class UnknownToolException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownToolException(String name) {
        super("Unknown tool: " + name);
    }
}
