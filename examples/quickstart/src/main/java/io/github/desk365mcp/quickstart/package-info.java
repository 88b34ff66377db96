/** A demonstration of the tools without a model and without an account. */
@NullMarked
package io.github.desk365mcp.quickstart;

import org.jspecify.annotations.NullMarked;
