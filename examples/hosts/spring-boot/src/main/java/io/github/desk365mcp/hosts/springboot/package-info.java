/** An adapter for Spring AI. */
@NullMarked
package io.github.desk365mcp.hosts.springboot;

import org.jspecify.annotations.NullMarked;
