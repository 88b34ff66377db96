/** An MCP server without a library. */
@NullMarked
package io.github.desk365mcp.hosts.jsonrpc;

import org.jspecify.annotations.NullMarked;
