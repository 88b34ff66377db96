/**
 * A typed client for the Desk365 REST API, version 3.
 *
 * <p>{@link io.github.desk365mcp.api.Desk365Client} is the way in:
 *
 * <pre>{@code
 * Desk365Client desk = Desk365Client.connect("acme", apiKey);
 * Ticket ticket = desk.tickets().get(4052);
 * desk.tickets().update(4052, t -> t.status("Pending").priority(Priority.HIGH).unassign());
 * }</pre>
 *
 * <p>Clients, options and answers are immutable and thread-safe; resource views such as
 * {@link io.github.desk365mcp.api.Tickets} are cheap, hold nothing, and are meant to be thrown away. Inputs are
 * write-only, live for one call, and are not thread-safe. Nothing needs to be closed.
 */
@NullMarked
package io.github.desk365mcp.api;

import org.jspecify.annotations.NullMarked;
