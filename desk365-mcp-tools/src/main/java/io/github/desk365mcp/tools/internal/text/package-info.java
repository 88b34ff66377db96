/**
 * Reads text for a model: times, HTML and plain mail, quoted history, invisible characters. Not API: may change in any
 * release.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.text;

import org.jspecify.annotations.NullMarked;
