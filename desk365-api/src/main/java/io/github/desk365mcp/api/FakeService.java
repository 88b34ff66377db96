package io.github.desk365mcp.api;

import java.util.Map;

/**
 * Answers in place of the service, in tests of code that calls a {@link Desk365Client}.
 *
 * <pre>{@code
 * Desk365Client desk = Desk365Client.fake((operation, query, body) -> switch (operation) {
 *     case "getTicket" -> Map.of("ticket_number", query.integer("ticket_number"), "subject", "Printer is down");
 *     case "listTickets" -> Map.of("count", 0, "tickets", List.of());
 *     default -> throw ApiException.of(404, "No such record", null);
 * });
 * }</pre>
 *
 * <p>Called on the thread of the call; must be thread-safe if the client is used by several threads.
 */
@FunctionalInterface
public interface FakeService {

    /**
     * The answer to one request, as the service would write it. It is checked and read as a real one: a ticket without
     * its number, for example, ends the call with an {@link InvalidResponseException}.
     *
     * @param operation the id in the OpenAPI description, such as {@code getTicket} or {@code addReply}; for
     *     {@link Desk365Client#send} to a path that this version does not know, method and path, such as
     *     {@code GET tickets/new}; for a download {@code download}
     * @param query names and values in the query, all of them strings: {@code query.integer("ticket_number")} reads one
     * @param body the JSON object that was sent, also where files are uploaded beside it; empty if there was none. The
     *     files are read to their end and dropped
     * @return the fields of the answer: maps, lists, strings, numbers, booleans and null
     * @throws Desk365Exception to end the call so, for example {@link ApiException#of}. Any other exception ends it with
     *     a {@link TransportException} that has it as its cause
     */
    Map<String, ?> answer(String operation, JsonDocument query, JsonDocument body);
}
