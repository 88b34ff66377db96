/**
 * Adds the tools to servers built with the official Java SDK of the Model Context Protocol, 2.x.
 *
 * <p>The SDK is an optional dependency, needed by this package alone: a host that uses the package adds it.
 */
@NullMarked
package io.github.desk365mcp.tools.mcp;

import org.jspecify.annotations.NullMarked;
