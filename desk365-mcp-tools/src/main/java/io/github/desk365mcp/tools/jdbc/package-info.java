/** A shared state in a database, on plain {@code java.sql}. */
@NullMarked
package io.github.desk365mcp.tools.jdbc;

import org.jspecify.annotations.NullMarked;
