/** Checks the MCP server with an authorization server of other people. */
@NullMarked
package io.github.desk365mcp.hosts.oauth;

import org.jspecify.annotations.NullMarked;
