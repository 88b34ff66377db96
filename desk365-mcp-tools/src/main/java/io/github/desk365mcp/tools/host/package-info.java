/** What a host supplies to the tools: policies, the context of calls, and plug-ins. */
@NullMarked
package io.github.desk365mcp.tools.host;

import org.jspecify.annotations.NullMarked;
