/** Repairs, validates and explains arguments. Not API: may change in any release. */
@NullMarked
package io.github.desk365mcp.tools.internal.repair;

import org.jspecify.annotations.NullMarked;
