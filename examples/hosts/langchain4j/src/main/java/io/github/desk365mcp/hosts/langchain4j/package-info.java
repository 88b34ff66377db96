/** An adapter for LangChain4j. */
@NullMarked
package io.github.desk365mcp.hosts.langchain4j;

import org.jspecify.annotations.NullMarked;
