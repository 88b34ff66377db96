/**
 * The Desk365 helpdesk as tools for any MCP host.
 *
 * <p>{@link io.github.desk365mcp.tools.Desk365Tools} is the way in: it holds the definitions, and bound to a client it
 * answers calls. Definitions and results are plain {@code Map}s and JSON text in the form that the Model Context Protocol
 * gives them, so that no library of ours shows in a host's code.
 */
@NullMarked
package io.github.desk365mcp.tools;

import org.jspecify.annotations.NullMarked;
