/**
 * Not API: may change in any release. Requests to file servers at public addresses.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.net;

import org.jspecify.annotations.NullMarked;
