/** Benchmarks of the tools, and of the server as a process. */
@org.jspecify.annotations.NullMarked
package io.github.desk365mcp.benchmarks;
