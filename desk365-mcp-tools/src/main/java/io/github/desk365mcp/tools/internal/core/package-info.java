/**
 * Not API: may change in any release.
 *
 * <p>What a tool is made of: its row, parameters and types, a call and its outcome, the shape of answers.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.core;

import org.jspecify.annotations.NullMarked;
