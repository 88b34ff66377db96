/**
 * Defines all tools, one page per resource. Not API: may change in any release.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.catalogue;

import org.jspecify.annotations.NullMarked;
