/** A runnable MCP server with the tools, on the official Java SDK. */
@NullMarked
package io.github.desk365mcp.server;

import org.jspecify.annotations.NullMarked;
