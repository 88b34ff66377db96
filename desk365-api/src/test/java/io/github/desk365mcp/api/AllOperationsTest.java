package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Contract;
import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Part;
import io.github.desk365mcp.sandbox.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Calls every operation with the smallest and the fullest input, and reads back the written record. The tests of the
 * operations are in the interfaces; the last ones here check all requests, so run the class as a whole.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AllOperationsTest
        implements TicketOperations,
                ConversationOperations,
                PeopleOperations,
                KnowledgeBaseOperations,
                ContractOperations,
                OtherOperations {

    private static final int AT_THE_END = Integer.MAX_VALUE;

    private final Desk365Sandbox sandbox =
            Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED).contractsEnabled(true));
    private final Contract contract = Contract.load();
    private final Desk365Client desk = Desk365Client.builder()
            .baseUrl(sandbox.baseUrl())
            .apiKey(sandbox.apiKey())
            .build();

    @Override
    public Desk365Client desk() {
        return desk;
    }

    @BeforeEach
    void forget_what_other_tests_wrote() {
        sandbox.reset();
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    @Test
    @Order(AT_THE_END)
    void no_request_departs_from_the_description() {
        assertThat(sandbox.exchanges()).hasSizeGreaterThan(100);
        assertThat(sandbox.violations()).isEmpty();
    }

    @Test
    @Order(AT_THE_END)
    void every_request_was_answered_with_success() {
        assertThat(sandbox.exchanges())
                .allSatisfy(exchange -> assertThat(exchange.status())
                        .as(exchange.method() + " " + exchange.path())
                        .isBetween(200, 201));
    }

    @Test
    @Order(AT_THE_END)
    void no_described_operation_was_left_out() {
        Set<String> unasked = new TreeSet<>(contract.operations());
        unasked.removeAll(sandbox.operationsAsked());
        assertThat(unasked).isEmpty();
    }

    @Test
    @Order(AT_THE_END)
    void no_described_name_was_left_out() {
        assertThat(Stream.of(Operation.values()).flatMap(this::unsent)).isEmpty();
    }

    private Stream<String> unsent(Operation operation) {
        Set<String> names = new TreeSet<>(operation.query);
        names.addAll(operation.body);
        sandbox.exchanges().stream().filter(asksFor(operation)).forEach(exchange -> names.removeAll(names(exchange)));
        return names.stream().map(name -> operation + "." + name);
    }

    private Predicate<Exchange> asksFor(Operation operation) {
        return exchange -> operation.id().equals(contract.operationOf(exchange.method(), exchange.path()));
    }

    /** Returns the names in the query, the body, the parts of a form, and the objects in query and form. */
    private static Set<String> names(Exchange exchange) {
        Set<String> names = new HashSet<>(exchange.query().keySet());
        exchange.parts().stream().map(Part::name).forEach(names::add);
        Stream<String> inQuery =
                exchange.query().values().stream().flatMap(List::stream).filter(text -> text.startsWith("{"));
        Stream<String> inForm = exchange.parts().stream()
                .flatMap(part -> part.text() == null ? Stream.empty() : Stream.of(part.text()));
        Stream<String> body = exchange.text().isEmpty() ? Stream.empty() : Stream.of(exchange.text());
        Stream.of(inQuery, inForm, body)
                .flatMap(texts -> texts)
                .map(JsonDocument::parse)
                .map(JsonDocument::toMap)
                .map(Map::keySet)
                .forEach(names::addAll);
        return names;
    }
}
