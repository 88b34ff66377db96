package io.github.desk365mcp.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractTest {

    private static final Contract CONTRACT = Contract.load();

    private static final String TICKET =
            json("{'email': 'nora@northwind.example', 'subject': 'VPN', 'description': 'Drops', 'status': 'Open'}");

    private static final Part TICKET_PART = text("ticket_object", TICKET);

    private static final Part FILE = new Part("file", "log.txt", "text/plain", 3, "00", null);

    @Test
    void operation_of_finds_an_operation_by_method_and_path() {
        assertThat(CONTRACT.operationOf("GET", "/apis/v3/tickets/details")).isEqualTo("getTicket");
        assertThat(CONTRACT.operationOf("GET", "/apis/v3/kb/article/")).isEqualTo("listArticles");
    }

    @Test
    void operation_of_finds_neither_other_paths_nor_other_methods() {
        assertThat(CONTRACT.operationOf("GET", "/apis/v3/kb/article")).isNull();
        assertThat(CONTRACT.operationOf("GET", "/v3/ping")).isNull();
        assertThat(CONTRACT.operationOf("DELETE", "/apis/v3/tickets/details")).isNull();
    }

    @Test
    void a_request_as_described_has_no_violations() {
        Map<String, List<String>> query = Map.of(
                "ticket_count", List.of("50"),
                "offset", List.of("100"),
                "include_description", List.of("1"),
                "updated_since", List.of("2026-10-01 06:00:00"),
                "filters",
                        List.of(json(
                                "{'status': ['Open'], 'priority': ['10'], 'custom_fields': {'cf_Site': ['Turin']}}")));
        assertThat(violationsOfGet("/apis/v3/tickets", query)).isEmpty();
        assertThat(violationsOfJson("POST", "/apis/v3/tickets/create", Map.of(), TICKET))
                .isEmpty();
    }

    @Test
    void an_unknown_path_is_a_violation() {
        assertThat(violationsOfGet("/apis/v3/groups", Map.of()))
                .containsExactly("No operation has the path /apis/v3/groups.");
    }

    @Test
    void an_unknown_method_is_a_violation_that_names_the_known_one() {
        assertThat(violationsOfJson("POST", "/apis/v3/tickets/update", Map.of(), "{}"))
                .containsExactly("/apis/v3/tickets/update is for PUT, not for POST.");
    }

    @Test
    void an_unknown_query_parameter_is_a_violation() {
        assertThat(violationsOfGet("/apis/v3/tickets", Map.of("per_page", List.of("50"))))
                .containsExactly("listTickets: query parameter per_page is not described.");
    }

    @Test
    void a_repeated_query_parameter_is_a_violation() {
        assertThat(violationsOfGet("/apis/v3/tickets/details", Map.of("ticket_number", List.of("1", "2"))))
                .containsExactly("getTicket: query parameter ticket_number is given 2 times.");
    }

    @Test
    void a_missing_query_parameter_is_a_violation() {
        assertThat(violationsOfGet("/apis/v3/tickets/details", Map.of()))
                .containsExactly("getTicket: query parameter ticket_number is missing.");
    }

    @Test
    void a_number_in_the_query_must_be_a_number() {
        assertThat(violationsOfGet("/apis/v3/tickets/details", Map.of("ticket_number", List.of("#4052"))))
                .containsExactly("getTicket: query parameter ticket_number: string found, integer expected.");
        assertThat(violationsOfGet("/apis/v3/tickets", Map.of("offset", List.of("-1"))))
                .containsExactly("listTickets: query parameter offset: must have a minimum value of 0.");
    }

    @Test
    void a_closed_query_value_must_be_one_of_the_list() {
        assertThat(violationsOfGet("/apis/v3/tickets", Map.of("ticket_count", List.of("20"))))
                .containsExactly("listTickets: query parameter ticket_count:"
                        + " does not have a value in the enumeration [\"30\", \"50\", \"100\"].");
        assertThat(violationsOfGet("/apis/v3/tickets", Map.of("include_description", List.of("true"))))
                .hasSize(1);
    }

    @Test
    void a_time_in_the_query_has_neither_a_t_nor_a_zone() {
        assertThat(violationsOfGet("/apis/v3/tickets", Map.of("updated_since", List.of("2026-10-01T06:00:00Z"))))
                .singleElement()
                .asString()
                .startsWith("listTickets: query parameter updated_since: does not match the regex pattern");
    }

    @Test
    void filters_must_be_json() {
        assertThat(violationsOfGet("/apis/v3/tickets", Map.of("filters", List.of("status=Open"))))
                .singleElement()
                .asString()
                .startsWith("listTickets: query parameter filters is not JSON: ");
        assertThat(violationsOfGet("/apis/v3/tickets", Map.of("filters", List.of(""))))
                .containsExactly("listTickets: query parameter filters is empty.");
    }

    @Test
    void filters_must_be_arrays_under_known_names() {
        String filters = json("{'status': 'Open', 'assign_to': ['rita@example.example'], 'priority': [10]}");
        assertThat(violationsOfGet("/apis/v3/tickets", Map.of("filters", List.of(filters))))
                .anyMatch(violation -> violation.contains("filters /status: string found, array expected"))
                .anyMatch(violation -> violation.contains("'assign_to' is not defined"))
                .anyMatch(violation -> violation.contains("filters /priority/0: integer found, string expected"));
    }

    @Test
    void a_search_takes_either_form_of_query() {
        String words = json("{'query': 'vpn', 'search_in': [1, 2]}");
        String fields = json("{'search_term': [{'query': 'vpn', 'search_in': ['subject', 'cf_Site']}]}");
        assertThat(violationsOfSearch("1", words)).isEmpty();
        assertThat(violationsOfSearch("2", fields)).isEmpty();
        assertThat(violationsOfSearch("1", json("{'text': 'vpn'}"))).isNotEmpty();
    }

    @Test
    void one_of_two_names_is_enough_but_none_is_a_violation() {
        assertThat(violationsOfGet(
                        "/apis/v3/contacts/details", Map.of("secondary_email", List.of("n@northwind.example"))))
                .isEmpty();
        assertThat(violationsOfGet("/apis/v3/contacts/details", Map.of()))
                .containsExactly("getContact: primary_email or secondary_email is missing; it belongs in the query.");
    }

    @Test
    void a_body_of_an_operation_without_one_is_a_violation() {
        assertThat(violationsOfJson(
                        "DELETE",
                        "/apis/v3/kb/category/delete",
                        Map.of("category_name", List.of("Guides")),
                        json("{'category_name': 'Guides'}")))
                .containsExactly("deleteCategory: takes no body.");
    }

    @Test
    void a_wrong_content_type_is_a_violation() {
        Exchange exchange = exchange("POST", "/apis/v3/tickets/create", Map.of(), "text/plain", TICKET, List.of());
        assertThat(CONTRACT.violations(exchange))
                .containsExactly("createTicket: content type is text/plain, not application/json.");
    }

    @Test
    void an_absent_content_type_is_a_violation() {
        Exchange exchange = new Exchange(
                "POST", "/apis/v3/tickets/create", Map.of(), Map.of(), TICKET.getBytes(UTF_8), List.of(), 200);
        assertThat(CONTRACT.violations(exchange))
                .containsExactly("createTicket: content type is absent, not application/json.");
    }

    @Test
    void parameters_and_case_of_a_content_type_do_not_matter() {
        Exchange exchange = exchange(
                "POST", "/apis/v3/tickets/create", Map.of(), "Application/JSON; charset=utf-8", TICKET, List.of());
        assertThat(CONTRACT.violations(exchange)).isEmpty();
    }

    @Test
    void a_missing_or_broken_body_is_a_violation() {
        assertThat(violationsOfJson("POST", "/apis/v3/tickets/create", Map.of(), ""))
                .containsExactly("createTicket: body is empty.");
        assertThat(violationsOfJson("POST", "/apis/v3/tickets/create", Map.of(), "{"))
                .singleElement()
                .asString()
                .startsWith("createTicket: body is not JSON: ");
    }

    @Test
    void a_name_twice_in_a_body_is_a_violation() {
        assertThat(violationsOfUpdate(json("{'status': 'Open', 'status': 'Closed'}")))
                .singleElement()
                .asString()
                .contains("Duplicate");
    }

    @Test
    void a_body_without_its_required_fields_is_a_violation() {
        String body = TICKET.replace(", \"status\": \"Open\"", "");
        assertThat(violationsOfJson("POST", "/apis/v3/tickets/create", Map.of(), body))
                .containsExactly("createTicket: body: required property 'status' not found.");
    }

    @Test
    void an_unknown_field_of_a_body_is_a_violation() {
        assertThat(violationsOfUpdate(json("{'assigned_to': 'rita@example.example'}")))
                .singleElement()
                .asString()
                .startsWith("updateTicket: body: property 'assigned_to' is not defined in the schema");
    }

    @Test
    void watchers_are_a_list_on_create_and_changes_on_update() {
        assertThat(violationsOfUpdate(json("{'watchers': {'add': ['rita@example.example'], 'remove': []}}")))
                .isEmpty();
        assertThat(violationsOfUpdate(json("{'watchers': ['rita@example.example']}")))
                .containsExactly("updateTicket: body /watchers: array found, object expected.");
    }

    @Test
    void custom_fields_are_open() {
        assertThat(violationsOfUpdate(
                        json("{'custom_fields': {'cf_🔡 Site': 'Turin', 'cf_Floor': 3, 'cf_Open': null}}")))
                .isEmpty();
    }

    @Test
    void an_object_may_be_a_part_or_in_the_query() {
        assertThat(violationsOfTicketForm(Map.of(), TICKET_PART, FILE)).isEmpty();
        assertThat(violationsOfTicketForm(Map.of("ticket_object", List.of(TICKET)), FILE))
                .isEmpty();
    }

    @Test
    void an_object_in_neither_place_is_a_violation() {
        assertThat(violationsOfTicketForm(Map.of(), FILE))
                .containsExactly("createTicketWithAttachment: ticket_object is missing;"
                        + " it belongs in the query or the form.");
    }

    @Test
    void a_ticket_number_may_be_a_part_next_to_a_reply() {
        Part reply = text("reply_object", json("{'body': '<p>Hello</p>'}"));
        assertThat(violationsOfReplyForm(Map.of(), text("ticket_number", "4052"), reply, FILE))
                .isEmpty();
        assertThat(violationsOfReplyForm(Map.of("ticket_number", List.of("4052")), reply, FILE))
                .isEmpty();
        assertThat(violationsOfReplyForm(Map.of(), reply, FILE))
                .containsExactly(
                        "addReplyWithAttachment: ticket_number is missing;" + " it belongs in the query or the form.");
        assertThat(violationsOfReplyForm(Map.of(), text("ticket_number", "x"), reply, FILE))
                .containsExactly("addReplyWithAttachment: part ticket_number: string found, integer expected.");
    }

    @Test
    void an_object_in_a_part_must_follow_its_schema() {
        assertThat(violationsOfTicketForm(Map.of(), text("ticket_object", json("{'subject': 7}")), FILE))
                .contains("createTicketWithAttachment: part ticket_object /subject: integer found, string expected.")
                .hasSize(4);
    }

    @Test
    void an_unknown_part_is_a_violation() {
        assertThat(violationsOfTicketForm(Map.of(), TICKET_PART, text("attachment", "x")))
                .containsExactly("createTicketWithAttachment: part attachment is not described.");
    }

    @Test
    void only_the_part_for_several_files_may_be_repeated() {
        Part one = new Part("files", "a.txt", null, 1, "00", null);
        Part two = new Part("files", "b.txt", null, 1, "00", null);
        assertThat(violationsOfTicketForm(Map.of(), TICKET_PART, one, two)).isEmpty();
        assertThat(violationsOfTicketForm(Map.of(), TICKET_PART, FILE, FILE))
                .containsExactly("createTicketWithAttachment: part file is given more than once.");
    }

    @Test
    void a_file_needs_a_file_name_and_an_object_must_not_have_one() {
        assertThat(violationsOfTicketForm(Map.of(), TICKET_PART, text("file", "x")))
                .containsExactly("createTicketWithAttachment: part file has no file name.");
        assertThat(violationsOfTicketForm(
                        Map.of(), new Part("ticket_object", "t.json", "application/json", 9, "00", null), FILE))
                .containsExactly("createTicketWithAttachment: part ticket_object is a file.");
    }

    @Test
    void violations_are_in_english_in_every_locale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            Exchange exchange = get("/apis/v3/tickets/details", Map.of("ticket_number", List.of("x")));
            assertThat(Contract.load().violations(exchange))
                    .containsExactly("getTicket: query parameter ticket_number: string found, integer expected.");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static List<String> violationsOfGet(String path, Map<String, List<String>> query) {
        return CONTRACT.violations(get(path, query));
    }

    private static List<String> violationsOfSearch(String type, String query) {
        return violationsOfGet(
                "/apis/v3/tickets/search", Map.of("search_type", List.of(type), "search_query", List.of(query)));
    }

    private static List<String> violationsOfUpdate(String body) {
        return violationsOfJson("PUT", "/apis/v3/tickets/update", Map.of("ticket_number", List.of("4052")), body);
    }

    private static List<String> violationsOfJson(
            String method, String path, Map<String, List<String>> query, String body) {
        return CONTRACT.violations(exchange(method, path, query, "application/json", body, List.of()));
    }

    private static List<String> violationsOfTicketForm(Map<String, List<String>> query, Part... parts) {
        return violationsOfForm("/apis/v3/tickets/create_with_attachment", query, parts);
    }

    private static List<String> violationsOfReplyForm(Map<String, List<String>> query, Part... parts) {
        return violationsOfForm("/apis/v3/tickets/add_reply_with_attachment", query, parts);
    }

    private static List<String> violationsOfForm(String path, Map<String, List<String>> query, Part... parts) {
        return CONTRACT.violations(
                exchange("POST", path, query, "multipart/form-data; boundary=x", "", List.of(parts)));
    }

    private static Exchange get(String path, Map<String, List<String>> query) {
        return new Exchange("GET", path, query, Map.of(), new byte[0], List.of(), 200);
    }

    private static Exchange exchange(
            String method,
            String path,
            Map<String, List<String>> query,
            String contentType,
            String body,
            List<Part> parts) {
        return new Exchange(
                method, path, query, Map.of("content-type", List.of(contentType)), body.getBytes(UTF_8), parts, 200);
    }

    private static Part text(String name, String text) {
        return new Part(name, null, null, text.length(), "00", text);
    }

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }
}
