/** Gives a model tasks for a helpdesk, with the tools of any MCP server, and checks what it did and said. */
@NullMarked
package io.github.desk365mcp.evaluation;

import org.jspecify.annotations.NullMarked;
