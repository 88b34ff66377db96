/**
 * A typed client for the Desk365 REST API, version 3.
 *
 * <p>{@link io.github.desk365mcp.api.Desk365Client} is the entry point:
 *
 * <pre>{@code
 * Desk365Client desk = Desk365Client.connect("acme", apiKey);
 * Ticket ticket = desk.tickets().get(4052);
 * desk.tickets().update(4052, t -> t.status("Pending").priority(Priority.HIGH).unassign());
 * }</pre>
 *
 * <p>Clients, options and records are immutable and thread-safe. Resource views such as
 * {@link io.github.desk365mcp.api.Tickets} are cheap and stateless; create them whenever they are needed. Inputs are
 * write-only, serve one call, and are not thread-safe. Clients need not be closed.
 */
@NullMarked
package io.github.desk365mcp.api;

import org.jspecify.annotations.NullMarked;
