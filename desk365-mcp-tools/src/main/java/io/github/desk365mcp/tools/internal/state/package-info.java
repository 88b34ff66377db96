/**
 * Not API: may change in any release. Values that processes share, encrypted if there is a key.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.state;

import org.jspecify.annotations.NullMarked;
