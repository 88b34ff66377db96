package io.github.desk365mcp.api;

import java.util.Map;

/**
 * Replaces the service in tests of code that calls a {@link Desk365Client}.
 *
 * <pre>{@code
 * Desk365Client desk = Desk365Client.fake((operation, query, body) -> switch (operation) {
 *     case "getTicket" -> Map.of("ticket_number", query.integer("ticket_number"), "subject", "Printer is down");
 *     case "listTickets" -> Map.of("count", 0, "tickets", List.of());
 *     default -> throw ApiException.of(404, "No such record", null);
 * });
 * }</pre>
 *
 * <p>Invoked on the thread of the call. It must be thread-safe if several threads use the client.
 */
@FunctionalInterface
public interface FakeService {

    /**
     * Answers one request as the service would. The answer is checked and read like a real one: for example, a ticket
     * without its number fails the call with an {@link InvalidResponseException}.
     *
     * @param operation the id in the OpenAPI description, such as {@code getTicket} or {@code addReply}. For
     *     {@link Desk365Client#send} with a path that this version does not know, it is the method and the path, such
     *     as {@code GET tickets/new}; for a download, {@code download}
     * @param query the names and values in the query, all of them strings: {@code query.integer("ticket_number")} reads
     *     one as a number
     * @param body the JSON object that was sent, also with uploaded files; empty if there was none. Files are read to
     *     their end and discarded
     * @return the fields of the answer: maps, lists, strings, numbers, booleans and null
     * @throws Desk365Exception to fail the call, for example {@link ApiException#of}. Any other exception fails the
     *     call with a {@link TransportException} that has it as its cause, as if the response had been lost: the call
     *     may have been carried out
     */
    Map<String, ?> answer(String operation, JsonDocument query, JsonDocument body);
}
