/**
 * Observes calls with Micrometer: a timer and a span for each call of a tool and for each request to the helpdesk, and
 * gauges of the calls left and of the approvals that wait.
 *
 * <p>Micrometer is an optional dependency, needed by this package alone: a host that uses the package adds it.
 */
@NullMarked
package io.github.desk365mcp.tools.observe;

import org.jspecify.annotations.NullMarked;
