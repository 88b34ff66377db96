/**
 * The tools on servers of the official Java SDK for the Model Context Protocol, 2.x.
 *
 * <p>The SDK is an optional dependency: whoever uses this package brings it. Nothing else needs it.
 */
@NullMarked
package io.github.desk365mcp.tools.mcp;

import org.jspecify.annotations.NullMarked;
