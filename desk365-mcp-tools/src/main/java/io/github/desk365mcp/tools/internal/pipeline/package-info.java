/**
 * Not API: may change in any release. The stages that a call passes.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.pipeline;

import org.jspecify.annotations.NullMarked;
