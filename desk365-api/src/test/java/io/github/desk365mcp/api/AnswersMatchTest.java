package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.desk365mcp.api.model.ImportedMessage;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
        List<String> notNumbers = List.of(other, "{'ticket_number': '89060'}", "{'ticket_number': 8907.0}");
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
                "{'category_name': 'Known issues', 'folder_name': 'Other'}",
                "{'category_name': 'Printers', 'folder_name': 'Known issues'}",
                "{'category_name': 'Known issues', 'parent_category_name': 'Printers'}");
        return Stream.of(
                of("get ticket", desk -> desk.tickets().get(8906), numbers, notNumbers),
                of("update ticket", desk -> desk.tickets().update(8906, t -> t.status("Open")), numbers, notNumbers),
                of(
                        "create ticket",
                        desk -> desk.tickets().create(NORA, "Till & printer down", "x", t -> {}),
                        List.of(
                                "{'ticket_number': 1, 'subject': 'Till &amp; printer down '}",
                                "{'ticket_number': 1, 'contact_email': 'n@x.example', 'description': '<p>x</p>'}",
                                "{'ticket_number': 1, 'contact_email': 'Nora.Vance@northwind.example'}",
                                "{'ticket_number': 1, 'description': '', 'description_text': 'x'}",
                                "{'ticket_number': 1}"),
                        List.of(
                                "{'ticket_number': 666, 'subject': 'Cannot log in'}",
                                "{'ticket_number': 666, 'subject': 'Till'}",
                                "{'ticket_number': 666, 'subject': 'Till & printer down again'}",
                                "{'ticket_number': 666, 'subject': 'Till & printer down', 'description': 'y'}",
                                "{'ticket_number': 666, 'contact_email': 'omar@x.example'}")),
                of(
                        "create ticket in Cyrillic",
                        desk -> desk.tickets().create(NORA, "Сеть не работает", "Мы пробовали всё.", t -> {}),
                        List.of(
                                "{'ticket_number': 1, 'subject': 'Сеть не работает', 'description': '<p>Мы пробовали всё.</p>'}",
                                "{'ticket_number': 1, 'subject': 'сеть&nbsp;не работает'}"),
                        List.of(
                                "{'ticket_number': 666, 'subject': 'Принтер сломан'}",
                                "{'ticket_number': 666, 'subject': '?'}",
                                "{'ticket_number': 666, 'subject': 'Сеть не работает', 'description': 'Чужое'}")),
                of(
                        "create ticket with a long subject",
                        desk -> desk.tickets().create(NORA, "word ".repeat(60), "x", t -> {}),
                        List.of(
                                "{'ticket_number': 1, 'subject': '" + "word ".repeat(30) + "'}",
                                "{'ticket_number': 1, 'subject': '" + "word ".repeat(24) + "'}"),
                        List.of(
                                "{'ticket_number': 666, 'subject': '" + "-".repeat(120) + "'}",
                                "{'ticket_number': 666, 'subject': '" + "word ".repeat(20) + "'}",
                                "{'ticket_number': 666, 'subject': '" + "word ".repeat(30) + "other'}")),
                of(
                        "short reply",
                        desk -> desk.tickets().reply(8906, "OK"),
                        List.of("{'ticket_number': 8906, 'body': '<div>OK.</div>'}"),
                        List.of(
                                "{'ticket_number': 8906, 'body': 'OK, we refund you 5000 dollars'}",
                                "{'ticket_number': 8906, 'body': '<b>!!!</b>'}")),
                of(
                        "reply that the service extends",
                        desk -> desk.tickets().reply(8906, "Please restart the router and tell us."),
                        List.of(
                                "{'ticket_number': 8906, 'body': 'Please restart the router and tell us.<br>-- <br>Tom'}"),
                        List.of(
                                "{'ticket_number': 8906, 'body': 'Please restart the router and smile.'}",
                                "{'ticket_number': 8906, 'body': 'Please restart'}")),
                of(
                        "reply in Japanese",
                        desk -> desk.tickets().reply(8906, "ご連絡ありがとうございます"),
                        List.of("{'ticket_number': 8906, 'body': '<p>ご連絡ありがとうございます。</p>'}"),
                        List.of(
                                "{'ticket_number': 8906, 'body': '返金します'}",
                                "{'ticket_number': 8906, 'body': 'ご連絡ありかとうこさいます'}")),
                of(
                        "reply in Hindi",
                        desk -> desk.tickets().reply(8906, "कि"),
                        List.of("{'ticket_number': 8906, 'body': '&#x915;&#2367;'}"),
                        List.of("{'ticket_number': 8906, 'body': 'की'}")),
                of(
                        "reply with accents",
                        desk -> desk.tickets().reply(8906, "Garçon, ça va à l'été"),
                        List.of(
                                "{'ticket_number': 8906, 'body': 'Gar&ccedil;on, &#231;a va &agrave; l&#39;&eacute;t&#xE9;'}",
                                "{'ticket_number': 8906, 'body': 'Garc\u0327on, c\u0327a va a\u0300 l’e\u0301te\u0301'}"),
                        List.of("{'ticket_number': 8906, 'body': 'Garcon, ca va a lete'}")),
                of(
                        "reply without letters",
                        desk -> desk.tickets().reply(8906, "👍"),
                        List.of(
                                "{'ticket_number': 8906, 'body': '<p>👍</p>'}",
                                "{'ticket_number': 8906, 'body': '&#128077;'}"),
                        List.of("{'ticket_number': 8906, 'body': '👎'}", "{'ticket_number': 8906, 'body': 'No'}")),
                of(
                        "create ticket with attachment",
                        desk -> desk.tickets().create(NORA, "Till down", "x", t -> {}, List.of(file)),
                        List.of(
                                "{'ticket_number': 1, 'subject': 'Till down'}",
                                "{'subject': 'Till down'}",
                                "{'subject': 'Till down', 'email': '" + NORA + "'}"),
                        List.of(
                                "{'ticket_number': 666, 'subject': 'Cannot log in'}",
                                "{'subject': 'Till down', 'email': 'omar@x.example'}",
                                "{'subject': 'Till down', 'description': 'Other'}")),
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
                        List.of(
                                "{'conversations': [{'ticket_number': 666}, {'ticket_number': 666}]}",
                                "{'ticket_number': 8907, 'conversations': [{'body': 'x'}]}")),
                of(
                        "get contact",
                        desk -> desk.contacts().get(NORA),
                        List.of(
                                "{'primary_email': ' Nora.Vance@Northwind.example'}",
                                "{'email': '" + NORA + "'}",
                                "{'primary_email': 'nv@x.example', 'secondary_emails': 'a@b.example, " + NORA + "'}"),
                        List.of(
                                "{'primary_email': 'omar@x.example'}",
                                "{'primary_email': 'omar@x.example, " + NORA + "'}",
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
                        "get company with a look-alike",
                        desk -> desk.companies().get("kelvin is s"),
                        List.of("{'name': 'KELVIN IS S'}"),
                        List.of(
                                "{'name': '\u212aelvin is s'}",
                                "{'name': 'kelvin \u0130s s'}",
                                "{'name': 'kelvin \u0131s s'}",
                                "{'name': 'kelvin is \u017f'}")),
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
                        List.of("{'id': 12345679.0}")),
                of(
                        "create time entry",
                        desk -> desk.timeEntries().create(8906, t -> {}),
                        List.of("{'id': 7, 'ticket_number': 8906}", "{'id': 7}"),
                        List.of("{'id': 7, 'ticket_number': 666}")),
                of(
                        "create time entry with values",
                        desk -> desk.timeEntries()
                                .create(
                                        8906,
                                        t -> t.minutes(5).note("Мой звонок").agentEmail(NORA)),
                        List.of(
                                "{'id': 7, 'time_spent_in_minutes': '5', 'note': 'Мой звонок', 'agent_email': '" + NORA
                                        + "'}",
                                "{'id': 7, 'time_spent_in_minutes': 5.0, 'note': null}"),
                        List.of(
                                "{'id': 7, 'ticket_number': 8906, 'time_spent_in_minutes': 999, 'note': 'Мой звонок'}",
                                "{'id': 7, 'ticket_number': 8906, 'time_spent_in_minutes': 5, 'note': 'Чужой'}",
                                "{'id': 7, 'ticket_number': 8906, 'agent_email': 'tom@x.example'}")),
                of(
                        "get survey",
                        desk -> desk.surveys().get("Happy?"),
                        List.of("{'survey_name': 'Happy?'}"),
                        List.of("{'survey_name': 'Sad?'}")),
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
                        List.of("{'article_title': 'Vpn', 'status': 1}"),
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

    /** Errors with the key of a record, for a read, a create, an update and a response of the fields that were sent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'status': 400, 'message': 'Invalid value'",
                "'status': 500",
                "'status': 404.0",
                "'status': '422'",
                "'status': {'code': 400, 'message': 'Invalid'}",
                "'statusCode': 400",
                "'status_code': '403'",
                "'httpStatus': 503",
                "'status': 'error', 'message': 'Not allowed'",
                "'code': 400, 'message': 'Invalid value'",
                "'success': false",
                "'success': 0",
                "'Success': 'false'",
                "'succeeded': false",
                "'ok': false",
                "'isError': true",
                "'is_error': 1",
                "'error': true",
                "'error': 'Rejected'",
                "'Error': {'code': 7}",
                "'errors': ['Invalid']",
                "'errors': [{'field': 'status'}]",
                "'error_message': 'Failed'",
                "'errorMessage': 'Failed'",
                "'fault': {'faultstring': 'Rejected'}",
                "'exception': 'NullPointerException'"
            })
    void an_error_with_the_key_of_the_record_is_an_error(String error) throws IOException {
        Map<Consumer<Desk365Client>, String> calls = new LinkedHashMap<>();
        calls.put(desk -> desk.tickets().get(8906), "'ticket_number': 8906");
        calls.put(desk -> desk.tickets().create(NORA, "s", "d", t -> {}), "'ticket_number': 9999");
        calls.put(desk -> desk.tickets().update(8906, t -> t.type("Question")), "'ticket_number': 8906");
        calls.put(desk -> desk.contacts().update(NORA, c -> c.phone("123")), "'phone': '123'");
        calls.put(desk -> desk.tickets().list().firstPage(), "'tickets': []");
        for (Map.Entry<Consumer<Desk365Client>, String> call : calls.entrySet()) {
            String answer = json("{" + call.getValue() + ", " + error + "}");
            try (RawServer server = new RawServer(RawServer.says(200, answer))) {
                InvalidResponseException failure = catchThrowableOfType(
                        InvalidResponseException.class, () -> call.getKey().accept(server.client()));

                assertThat(failure)
                        .as(answer)
                        .isNotNull()
                        .hasMessageEndingWith("the response is an error despite its success status");
                assertThat(failure.mayHaveArrived()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'status': 'Error'",
                "'status': 'Failed'",
                "'status': 1",
                "'status': 200, 'message': 'Success'",
                "'statusCode': 200",
                "'success': true",
                "'success': null",
                "'error': null, 'errors': []",
                "'error': false, 'isError': 0, 'error_message': ''",
                "'error': {'code': 0, 'message': null}",
                "'custom_fields': {'cf_Error': 'yes', 'success': false}",
                "'failed': 3, 'code': 404"
            })
    void a_record_that_only_looks_like_an_error_is_a_record(String more) throws IOException {
        try (RawServer server = new RawServer(RawServer.says(200, json("{'ticket_number': 8906, " + more + "}")))) {
            assertThat(server.client().tickets().get(8906).ticketNumber()).isEqualTo(8906);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'a': 1}",
                "true",
                "false",
                "'null'",
                "'N/A'",
                "'-'",
                "0",
                "-1",
                "9999.5",
                "1e999999999",
                "1e-999999999",
                "1e400",
                "[9998, 9999]",
                "[9999]",
                "'9999.5'",
                "'-9999'",
                "'0'",
                "99999999999999999999",
                "'99999999999999999999'",
                "null",
                "''",
                "'9998,9999'"
            })
    void what_cannot_be_the_number_of_a_ticket_is_no_key(String key) throws IOException {
        String answer = json("{'ticket_number': " + key + ", 'subject': 's'}");
        List<Consumer<Desk365Client>> calls = List.of(
                desk -> desk.tickets().create(NORA, "s", "d", t -> {}),
                desk -> desk.tickets().reply(8906, "s"),
                desk -> desk.tickets().update(8906, t -> t.type("Question")),
                desk -> desk.tickets().get(8906));
        for (Consumer<Desk365Client> call : calls) {
            try (RawServer server = new RawServer(RawServer.says(200, answer))) {
                assertThatThrownBy(() -> call.accept(server.client()))
                        .isInstanceOf(InvalidResponseException.class)
                        .hasMessageEndingWith("the response has no ticket_number");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'a': 1}", "true", "5", "['Network']", "null", "' '"})
    void what_is_no_text_is_not_a_name(String name) throws IOException {
        Map<String, Consumer<Desk365Client>> calls = Map.of(
                "name", desk -> desk.companies().create("Network", c -> {}),
                "primary_email", desk -> desk.contacts().get("a@b.example"),
                "article_title", desk -> desk.knowledgeBase().createArticle("Network", "x", a -> {}),
                "location_name", desk -> desk.assetLocations().get("Network"));
        for (Map.Entry<String, Consumer<Desk365Client>> call : calls.entrySet()) {
            String answer = json("{'" + call.getKey() + "': " + name + ", 'city': 'Oslo'}");
            try (RawServer server = new RawServer(RawServer.says(200, answer))) {
                assertThatThrownBy(() -> call.getValue().accept(server.client()))
                        .isInstanceOf(InvalidResponseException.class)
                        .hasMessageContaining("the response has no " + call.getKey());
            }
        }
    }

    @Test
    void an_upload_whose_ticket_has_no_valid_number_has_no_key() throws IOException {
        Attachment file = Attachment.of("a.txt", "text/plain", new byte[1]);
        try (RawServer server =
                new RawServer(RawServer.says(200, json("{'ticket_number': false, 'subject': 'Till down'}")))) {
            assertThatThrownBy(() -> server.client().tickets().create(NORA, "Till down", "x", t -> {}, List.of(file)))
                    .hasMessageEndingWith("the response has no ticket_number or subject");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Article not found | false
            Failed to delete article | false
            You do not have permission | false
            Unauthorized | false
            The article could not be deleted | false
            The article was not deleted | false
            Article has not been deleted | false
            The article doesn't exist | false
            VPN is in use | false
            Service Unavailable | false
            Article deleted | true
            Deleted | true
            Article 'Cannot log in: errors' deleted | true
            Article deleted successfully. This cannot be undone. | true
            Gelöscht | true
            """)
    void a_deletion_that_the_service_denies_is_not_a_success(String message, boolean isDone) throws IOException {
        for (String answer : List.of("{\"message\": \"" + message + "\"}", message)) {
            try (RawServer server = new RawServer(RawServer.says(200, answer))) {
                Throwable failure =
                        catchThrowable(() -> server.client().knowledgeBase().deleteArticle("Cannot log in: errors"));

                if (isDone) {
                    assertThat(failure).isNull();
                } else {
                    assertThat(failure)
                            .isInstanceOf(InvalidResponseException.class)
                            .hasMessage("delete article: the response says that it failed, despite its success status");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ticket_number': 8906, 'ticket_number': 8907}",
                "{'ticket_number': 8907, 'ticket_number': 8906}",
                "{'ticket_number': 8906, 'ticket\\u005fnumber': 8907}",
                "{'ticket_number': 8906, 'custom_fields': {'a': null, 'a': 1}}",
                "{'ticket_number': 8906, 'a': [{'b': 1, 'b': '1'}]}"
            })
    void a_name_with_two_values_makes_a_response_unreadable(String answer) throws IOException {
        try (RawServer server = new RawServer(RawServer.says(200, json(answer)))) {
            assertThatThrownBy(() -> server.client().tickets().get(8906))
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessage("get ticket: the response is JSON in which one name has two different values");
        }
    }

    @Test
    void a_name_with_the_same_value_twice_is_harmless() throws IOException {
        try (RawServer server =
                new RawServer(RawServer.says(200, json("{'ticket_number': 8906, 'ticket_number': 8906}")))) {
            assertThat(server.client().tickets().get(8906).ticketNumber()).isEqualTo(8906);
        }
    }

    @Test
    void a_negative_count_is_no_total() throws IOException {
        try (RawServer server = new RawServer(RawServer.says(200, json("{'count': -5, 'tickets': []}")))) {
            assertThat(server.client().tickets().list().firstPage().total()).isNull();
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
