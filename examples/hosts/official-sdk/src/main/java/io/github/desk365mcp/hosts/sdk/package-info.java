/** The tools on the official Java SDK. */
@NullMarked
package io.github.desk365mcp.hosts.sdk;

import org.jspecify.annotations.NullMarked;
