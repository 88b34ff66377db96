/** Adapters for model APIs, without the libraries of their vendors. */
@NullMarked
package io.github.desk365mcp.hosts.models;

import org.jspecify.annotations.NullMarked;
