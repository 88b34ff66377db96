/**
 * Not API: may change in any release.
 *
 * <p>Handles text as a model reads it: times, HTML and plain mail, quoted history, invisible characters.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.text;

import org.jspecify.annotations.NullMarked;
