/** A shared state in Redis, as an example of an adapter. */
@NullMarked
package io.github.desk365mcp.replicas;

import org.jspecify.annotations.NullMarked;
