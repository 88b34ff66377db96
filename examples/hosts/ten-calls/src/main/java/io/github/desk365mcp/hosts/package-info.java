/** What the tests of the hosts share: the same ten calls, and a table of what each host carries. */
@NullMarked
package io.github.desk365mcp.hosts;

import org.jspecify.annotations.NullMarked;
