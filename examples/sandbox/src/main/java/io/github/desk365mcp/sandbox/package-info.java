/**
 * An in-memory Desk365 helpdesk on loopback, for tests, examples and demonstrations.
 *
 * <p>{@link io.github.desk365mcp.sandbox.Desk365Sandbox} implements version 3 of the REST API as it was observed on the
 * live service, which in places differs from the vendor's own document. It always starts with the same invented
 * customers and tickets, keeps all changes until it is closed, and counts calls like a plan of the service. A test can
 * make it break connections or answer with errors.
 */
@NullMarked
package io.github.desk365mcp.sandbox;

import org.jspecify.annotations.NullMarked;
