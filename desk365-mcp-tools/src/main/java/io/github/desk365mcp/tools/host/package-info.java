/** What a host gives to the tools: the facts of a call, and what it plugs in. */
@NullMarked
package io.github.desk365mcp.tools.host;

import org.jspecify.annotations.NullMarked;
