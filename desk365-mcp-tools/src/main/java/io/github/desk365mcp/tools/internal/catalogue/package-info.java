/**
 * Not API: may change in any release. All tools, a page a resource.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.catalogue;

import org.jspecify.annotations.NullMarked;
