package io.github.desk365mcp.tools.host;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one call. It holds no text of a customer, no argument and no secret.
 *
 * @param at when the call began
 * @param tenant whose helpdesk; null if the host has one alone
 * @param caller who called; null if not known
 * @param tool the full name; as it was called if it is unknown
 * @param effect {@code read}, {@code create}, {@code update}, {@code delete}, or {@code unknown}
 * @param reachesCustomer whether a customer may have been written to, or somebody outside let in on mail; of tools that always
 *     write to a customer also where nothing was sent
 * @param fingerprint the SHA-256 of the arguments, keys in order: equal calls have equal ones. It is no secret keeper:
 *     who guesses the arguments can check the guess
 * @param outcome {@code ok}; {@code needs_approval}, {@code replayed} or {@code found} where another answer was given
 *     instead of acting; or the code of the error
 * @param status the HTTP status of the error that the service answered; null if it answered none
 * @param calls how many calls of the plan the tool costs; 0 if nothing was sent
 * @param took from the beginning to the end
 */
public record AuditRecord(
        Instant at,
        @Nullable String tenant,
        @Nullable String caller,
        String tool,
        String effect,
        boolean reachesCustomer,
        String fingerprint,
        String outcome,
        @Nullable Integer status,
        int calls,
        Duration took) {}
