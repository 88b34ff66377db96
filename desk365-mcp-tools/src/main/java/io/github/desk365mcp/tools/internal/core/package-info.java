/**
 * Not API: may change in any release.
 *
 * <p>The model of a tool: its row, parameters and types, a call and its outcome, and the form of answers.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.core;

import org.jspecify.annotations.NullMarked;
