/** The stages that a call passes through. Not API: may change in any release. */
@NullMarked
package io.github.desk365mcp.tools.internal.pipeline;

import org.jspecify.annotations.NullMarked;
