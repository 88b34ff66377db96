/** An adapter for Google ADK. */
@NullMarked
package io.github.desk365mcp.hosts.adk;

import org.jspecify.annotations.NullMarked;
