/** The tools in the requests of model APIs, without their libraries. */
@NullMarked
package io.github.desk365mcp.hosts.models;

import org.jspecify.annotations.NullMarked;
