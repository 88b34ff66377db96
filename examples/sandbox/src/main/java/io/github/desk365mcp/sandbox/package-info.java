/**
 * An in-memory Desk365 helpdesk on loopback, for tests, examples and demonstrations.
 *
 * <p>{@link io.github.desk365mcp.sandbox.Desk365Sandbox} speaks version 3 of the REST API as the live service has been
 * seen to speak it, which in places differs from the vendor's own document. It starts with the same invented customers
 * and tickets every time, keeps what is written to it until it is closed, counts calls as a plan of the service does,
 * and breaks connections or answers with errors where a test asks it to.
 */
@NullMarked
package io.github.desk365mcp.sandbox;

import org.jspecify.annotations.NullMarked;
