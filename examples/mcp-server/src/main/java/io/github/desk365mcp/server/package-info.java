/** The tools as an MCP server that runs by itself, on the official Java SDK. */
@NullMarked
package io.github.desk365mcp.server;

import org.jspecify.annotations.NullMarked;
