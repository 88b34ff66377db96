/** An adapter for Spring AI. */
@NullMarked
package io.github.desk365mcp.hosts.springai;

import org.jspecify.annotations.NullMarked;
