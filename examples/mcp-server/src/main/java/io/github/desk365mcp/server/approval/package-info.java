/**
 * The web pages on which people sign in, as servlets for any host: where they decide on calls that need a person's
 * approval, and where they create servers on demand.
 */
@NullMarked
package io.github.desk365mcp.server.approval;

import org.jspecify.annotations.NullMarked;
