/** The web page where people decide on calls that need a person's approval, as a servlet for any host. */
@NullMarked
package io.github.desk365mcp.server.approval;

import org.jspecify.annotations.NullMarked;
