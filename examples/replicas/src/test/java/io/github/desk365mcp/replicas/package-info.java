@NullMarked
package io.github.desk365mcp.replicas;

import org.jspecify.annotations.NullMarked;
