/**
 * The Desk365 helpdesk as tools for any MCP host.
 *
 * <p>Start with {@link io.github.desk365mcp.tools.Desk365Tools}: it has the definitions and, bound to a client,
 * executes calls. Definitions and results are plain {@code Map}s and JSON text in the format of the Model Context
 * Protocol, so a host's code depends on no JSON or MCP library of ours.
 */
@NullMarked
package io.github.desk365mcp.tools;

import org.jspecify.annotations.NullMarked;
