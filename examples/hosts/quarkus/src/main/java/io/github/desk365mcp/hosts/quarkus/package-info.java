/** An adapter for Quarkus MCP Server. */
@NullMarked
package io.github.desk365mcp.hosts.quarkus;

import org.jspecify.annotations.NullMarked;
