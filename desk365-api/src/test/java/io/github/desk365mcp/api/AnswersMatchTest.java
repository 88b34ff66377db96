package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.desk365mcp.api.model.ImportedMessage;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response is used only if it is about the requested record. */
@Timeout(60)
class AnswersMatchTest {

    private static final String NORA = "nora.vance@northwind.example";
    private static final LocalDate FIRST = LocalDate.of(2026, 12, 1);
    private static final LocalDate LAST = LocalDate.of(2027, 11, 30);

    /** A call, with responses that are about its record and responses that are about another one. */
    private record Case(String name, Consumer<Desk365Client> call, List<String> own, List<String> others) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, Consumer<Desk365Client> call, List<String> own, List<String> others) {
        return new Case(name, call, own, others);
    }

    static Stream<Case> cases() {
        Attachment file = Attachment.of("a.txt", "text/plain", new byte[1]);
        String ticket = "{'ticket_number': 8906, 'status': 'Open'}";
        String other = "{'ticket_number': 666, 'status': 'Open'}";
        List<String> numbers = List.of(ticket, "{'ticket_number': '8906'}", "{'ticket_number': 8906.0}");
        List<String> notNumbers = List.of(other, "{'ticket_number': '89060'}", "{'ticket_number': 8906.5}");
        List<String> said = List.of(
                "{'ticket_number': 8906, 'body': '<div>Please try\\u00a0again &amp; again.</div>'}",
                "{'ticket_number': '8906', 'body': null}",
                ticket);
        List<String> notSaid = List.of(other, "{'ticket_number': 8906, 'body': 'We closed it a week ago.'}");
        String body = "<p>Please try again &amp; again.</p>";
        List<String> folders = List.of(
                "{'category_name': 'known  ISSUES', 'parent_category_name': 'Network'}",
                "{'category_name': 'Network', 'folder_name': 'Known issues'}",
                "{'category_name': 'Known issues'}");
        List<String> notFolders = List.of(
                "{'category_name': 'Printers', 'parent_category_name': 'Network'}",
                "{'category_name': 'Known issues', 'parent_category_name': 'Printers'}");
        return Stream.of(
                of("get ticket", desk -> desk.tickets().get(8906), numbers, notNumbers),
                of("update ticket", desk -> desk.tickets().update(8906, t -> t.status("Open")), numbers, notNumbers),
                of(
                        "create ticket",
                        desk -> desk.tickets().create(NORA, "Till & printer down", "x", t -> {}),
                        List.of(
                                "{'ticket_number': 1, 'subject': 'Till &amp; printer down '}",
                                "{'ticket_number': 1, 'subject': 'Till & printer', 'contact_email': 'n@x.example'}",
                                "{'ticket_number': 1}"),
                        List.of("{'ticket_number': 666, 'subject': 'Cannot log in'}")),
                of(
                        "create ticket with attachment",
                        desk -> desk.tickets().create(NORA, "Till down", "x", t -> {}, List.of(file)),
                        List.of("{'ticket_number': 1, 'subject': 'Till down'}", "{'subject': 'Till down'}"),
                        List.of("{'ticket_number': 666, 'subject': 'Cannot log in'}")),
                of("add reply", desk -> desk.tickets().reply(8906, body), said, notSaid),
                of("add note", desk -> desk.tickets().note(8906, body), said, notSaid),
                of(
                        "add reply with attachment",
                        desk -> desk.tickets().reply(8906, body, r -> {}, List.of(file)),
                        List.of(ticket, "{'body': 'Please try again & again.'}"),
                        notSaid),
                of(
                        "add note with attachment",
                        desk -> desk.tickets().note(8906, body, r -> {}, List.of(file)),
                        said,
                        notSaid),
                of(
                        "conversation",
                        desk -> desk.tickets().conversation(8906),
                        List.of(
                                "{'conversations': []}",
                                "{'conversations': [{'body': 'x'}]}",
                                "{'conversations': [{'ticket_number': 8906}, {'ticket_number': 8801}]}"),
                        List.of("{'conversations': [{'ticket_number': 666}, {'ticket_number': 666}]}")),
                of(
                        "get contact",
                        desk -> desk.contacts().get(NORA),
                        List.of(
                                "{'primary_email': ' Nora.Vance@Northwind.example'}",
                                "{'email': '" + NORA + "'}",
                                "{'primary_email': 'nv@x.example', 'secondary_emails': 'a@b.example, " + NORA + "'}"),
                        List.of(
                                "{'primary_email': 'omar@x.example'}",
                                "{'primary_email': 'nora.vance@northw\u0131nd.example'}")),
                of(
                        "get contact by a secondary address",
                        desk -> desk.contacts().getBySecondaryEmail(NORA),
                        List.of(
                                "{'primary_email': 'nv@x.example'}",
                                "{'primary_email': 'nv@x.example', 'secondary_emails': '" + NORA + "'}",
                                "{'primary_email': 'nv@x.example', 'secondary_emails': ['" + NORA + "']}"),
                        List.of("{'primary_email': 'omar@x.example', 'secondary_emails': 'o@x.example'}")),
                of(
                        "create contact",
                        desk -> desk.contacts().create(NORA, c -> {}),
                        List.of("{'primary_email': '" + NORA + "'}"),
                        List.of("{'primary_email': 'omar@x.example'}")),
                of(
                        "update contact",
                        desk -> desk.contacts().update(NORA, c -> c.title("CTO").phone("+47 22 33")),
                        List.of("{'primary_email': '" + NORA + "'}", "{'title': 'CTO'}", "{'phone': '+47 2233'}"),
                        List.of("{'primary_email': 'omar@x.example', 'title': 'CTO'}")),
                of(
                        "get company",
                        desk -> desk.companies().get("R&D  Ärzte"),
                        List.of("{'name': 'r&amp;d ÄRZTE '}"),
                        List.of("{'name': 'Fabrikam'}")),
                of(
                        "rename company",
                        desk -> desk.companies().update("Northwind", c -> c.set("name", "Southwind")),
                        List.of("{'name': 'Southwind'}", "{'name': 'Northwind'}"),
                        List.of("{'name': 'Fabrikam'}")),
                of(
                        "update company",
                        desk -> desk.companies().update("Northwind", c -> c.city("Oslo")),
                        List.of("{'name': 'Northwind'}", "{'city': 'Oslo'}"),
                        List.of("{'name': 'Fabrikam', 'city': 'Oslo'}")),
                of(
                        "time entries of a ticket",
                        desk -> desk.timeEntries()
                                .list(q -> q.ticketNumber(8906))
                                .firstPage(),
                        List.of(
                                "{'content': []}",
                                "{'content': [{'ticket_number': 8906}]}",
                                "{'content': [{'id': 1}]}"),
                        List.of("{'content': [{'ticket_number': 666}]}")),
                of(
                        "get time entry",
                        desk -> desk.timeEntries().get(7),
                        List.of("{'id': 7}", "{'id': '7'}"),
                        List.of("{'id': 8}")),
                of(
                        "get time entry with a long number",
                        desk -> desk.timeEntries().get(12_345_678),
                        List.of("{'id': 12345678.0}", "{'id': '12345678'}", "{'id': 1.2345678e7}"),
                        List.of("{'id': 12345679.0}", "{'id': 1e999999999}")),
                of(
                        "create time entry",
                        desk -> desk.timeEntries().create(8906, t -> {}),
                        List.of("{'id': 7, 'ticket_number': 8906}", "{'id': 7}"),
                        List.of("{'id': 7, 'ticket_number': 666}")),
                of(
                        "get survey",
                        desk -> desk.surveys().get("Happy?"),
                        List.of("{'survey_name': 'Happy?'}"),
                        List.of("{'survey_name': 'Sad?'}")),
                of(
                        "contracts of a company",
                        desk -> desk.contracts()
                                .list(q -> q.company("Northwind"))
                                .firstPage(),
                        List.of("{'contracts': []}", "{'contracts': [{'company': 'NORTHWIND'}]}"),
                        List.of("{'contracts': [{'company': 'Fabrikam'}]}")),
                of(
                        "get contract",
                        desk -> desk.contracts().get("Full"),
                        List.of("{'name': 'Full', 'reference_number': 'x'}"),
                        List.of("{'name': 'Half'}")),
                of(
                        "get contract by number",
                        desk -> desk.contracts().getByReferenceNumber("77"),
                        List.of("{'name': 'Full', 'reference_number': 77}", "{'name': 'Full'}"),
                        List.of("{'name': 'Full', 'reference_number': '78'}")),
                of(
                        "create contract",
                        desk -> desk.contracts().create("Full", "Northwind", FIRST, LAST, c -> {}),
                        List.of("{'name': 'Full', 'company': 'Northwind'}", "{'name': 'Full'}"),
                        List.of("{'name': 'Half'}", "{'name': 'Full', 'company': 'Fabrikam'}")),
                of(
                        "rename contract",
                        desk -> desk.contracts().updateByReferenceNumber("77", c -> c.set("name", "Half")),
                        List.of("{'name': 'Half'}", "{'name': 'Half', 'reference_number': '77'}"),
                        List.of("{'name': 'Half', 'reference_number': '78'}")),
                of(
                        "rename category",
                        desk -> desk.knowledgeBase().updateCategory("Network", c -> c.set("category_name", "Net")),
                        List.of("{'category_name': 'Net'}", "{'category_name': 'Network'}"),
                        List.of("{'category_name': 'Printers'}")),
                of("get folder", desk -> desk.knowledgeBase().folder("Network", "Known issues"), folders, notFolders),
                of(
                        "get article",
                        desk -> desk.knowledgeBase().article("VPN"),
                        List.of("{'article_title': 'Vpn', 'status': 404}"),
                        List.of("{'article_title': 'Printers'}")),
                of(
                        "rename article",
                        desk -> desk.knowledgeBase().updateArticle("VPN", a -> a.set("article_title", "WLAN")),
                        List.of("{'article_title': 'WLAN'}", "{'article_title': 'VPN'}"),
                        List.of("{'article_title': 'Printers'}")),
                of(
                        "delete article",
                        desk -> desk.knowledgeBase().deleteArticle("VPN"),
                        List.of("{'message': 'Deleted'}", "Deleted", "{'status': 200, 'message': 'Deleted'}"),
                        List.of("{'message': 'Deleted', 'article_title': 'Printers'}")),
                of(
                        "import",
                        desk -> desk.tickets().importConversation(8906, List.of(new ImportedMessage("note", "x"))),
                        List.of("{'message': '2 imported'}", "Imported", "{'conversations': [{'type': 'note'}]}"),
                        List.of(other)),
                of(
                        "get location",
                        desk -> desk.assetLocations().get("Oslo"),
                        List.of("{'location_name': 'Oslo'}"),
                        List.of("{'location_name': 'Bergen'}")));
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    static Stream<Arguments> own() {
        return cases().flatMap(one -> one.own().stream().map(answer -> Arguments.of(one, answer)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("own")
    void an_answer_as_the_service_may_write_it_is_taken(Case one, String answer) throws IOException {
        try (RawServer server = new RawServer(RawServer.says(200, json(answer)))) {
            assertThatCode(() -> one.call().accept(server.client())).doesNotThrowAnyException();
        }
    }

    static Stream<Arguments> others() {
        return cases().flatMap(one -> one.others().stream().map(answer -> Arguments.of(one, answer)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("others")
    void an_answer_about_another_record_is_not_used_and_its_connection_neither(Case one, String answer)
            throws IOException {
        try (RawServer server = new RawServer((request, connection) ->
                connection.say(200, request.target().endsWith("/ping") ? "fine" : json(answer)))) {
            Desk365Client desk = server.client();

            InvalidResponseException failure = catchThrowableOfType(
                    InvalidResponseException.class, () -> one.call().accept(desk));

            assertThat(failure).as("failure").isNotNull();
            assertThat(failure).hasMessageEndingWith(": the response is about another record");
            assertThat(failure.mayHaveArrived()).isTrue();
            assertThat(server.requests()).hasSize(1);
            desk.ping();
            assertThat(server.connections()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_operation_knows_what_is_no_answer_to_it(Operation operation) {
        for (String answer :
                List.of("{}", "{'status': 404, 'error': 'Not Found', 'message': 'No'}", "{'success': false}")) {
            Map<String, ?> fields = JsonDocument.parse(json(answer)).toMap();
            assertThat(operation.answer().wrongWith(fields, Map.of(), Map.of()))
                    .as(answer)
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 203, 206, 226})
    void a_success_that_is_neither_200_nor_201_proves_nothing(int status) throws IOException {
        try (RawServer server = new RawServer(RawServer.says(status, "{\"ticket_number\": 5}"))) {
            assertThatThrownBy(() -> server.client().tickets().update(5, t -> t.status("Open")))
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessage("update ticket: the response has the unexpected status " + status);
        }
    }

    @Test
    void the_status_of_a_ticket_is_a_word_and_no_error() throws IOException {
        try (RawServer server =
                new RawServer(RawServer.says(200, "{\"ticket_number\": 5, \"status\": \"Error\", \"error\": null}"))) {
            assertThat(server.client().tickets().get(5).status()).isEqualTo("Error");
        }
    }
}
