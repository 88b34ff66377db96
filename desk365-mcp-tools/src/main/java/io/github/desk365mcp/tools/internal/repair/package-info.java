/**
 * Not API: may change in any release. Arguments: names and values are repaired, checked and explained.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.repair;

import org.jspecify.annotations.NullMarked;
