package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests that each guessed refusal refuses a request, and that the request succeeds if the guess is off. */
class GuessTest {

    private static final String CLEAN = "'email': 'a@b.example', 'subject': 's'";
    private static final String PLACE = "'category_name': 'Billing', 'folder_name': 'Invoices'";

    private static final List<Arguments> BREAKS = new ArrayList<>();

    static {
        breaks(Guess.TICKET_NEEDS_STATUS, create("{" + CLEAN + ", 'description': 'd'}"));
        breaks(Guess.TICKET_NEEDS_DESCRIPTION, create("{" + CLEAN + ", 'status': 'Open'}"));
        breaks(Guess.SUBJECT_UP_TO_120, update("{'subject': '" + "x".repeat(121) + "'}"));
        breaks(Guess.SUBJECT_NOT_EMPTY, update("{'subject': ' '}"));
        breaks(Guess.KNOWN_NAMES, update("{'group': 'Nobody'}"));
        breaks(Guess.KNOWN_AGENTS, update("{'assign_to': 'nobody@desk.example'}"));
        breaks(Guess.SUBCATEGORY_OF_CATEGORY, update("{'category': 'Billing', 'sub_category': 'VPN'}"));
        breaks(Guess.DROPDOWN_VALUES, update("{'custom_fields': {'cf_Contract Level': 'Platinum'}}"));
        breaks(Guess.KNOWN_CODES, update("{'priority': 2}"));
        breaks(Guess.FIELD_TYPES, update("{'priority': '5'}"));
        breaks(
                Guess.KNOWN_MAILBOX,
                caller -> caller.post(
                        "/tickets/add_reply", "{'body': 'x', 'from_email': 'a@b.example'}", "ticket_number", "4088"));
        breaks(Guess.READABLE_QUERY, caller -> caller.get("/tickets", "offset", "many"));
        breaks(Guess.KNOWN_FILTERS, caller -> caller.get("/tickets", "filters", "{\"subject\":[\"x\"]}"));
        breaks(Guess.CONTACT_NEEDS_EMAIL, caller -> caller.post("/contacts/create", "{'name': 'A'}"));
        breaks(Guess.EMAIL_FORM, caller -> caller.post("/contacts/create", "{'primary_email': 'a'}"));
        breaks(
                Guess.UNIQUE_CONTACT,
                caller -> caller.post("/contacts/create", "{'primary_email': 'Nora.Vance@northwind.example'}"));
        breaks(
                Guess.CONTACT_COMPANY_EXISTS,
                caller -> caller.post("/contacts/create", "{'primary_email': 'a@b.example', 'company_name': 'C'}"));
        breaks(Guess.NAME_NEEDED, caller -> caller.post("/companies/create", "{}"));
        breaks(Guess.UNIQUE_COMPANY, caller -> caller.post("/companies/create", "{'name': 'Northwind'}"));
        breaks(Guess.UNIQUE_CATEGORY, caller -> caller.post("/kb/category/create", "{'category_name': 'Billing'}"));
        breaks(Guess.UNIQUE_FOLDER, caller -> caller.post("/kb/folder/create", "{" + PLACE + "}"));
        breaks(Guess.PARENT_EXISTS, caller -> caller.post("/kb/article/create", "{'article_title': 'A'}"));
        breaks(
                Guess.LOCATION_LENGTHS,
                caller -> caller.post("/asset_mgmt/locations/create", "{'location_name': '" + "x".repeat(129) + "'}"));
        breaks(Guess.CONTRACT_COMPANY_EXISTS, caller -> caller.post("/contracts/create", "{'name': 'A'}"));
        breaks(
                Guess.CONTRACT_BLOCK,
                caller -> caller.post(
                        "/contracts/create",
                        "{'name': 'A', 'company': 'Northwind', 'contract_type': 3,"
                                + " 'block_hours': {'contract_hours': 1}}"));
        breaks(
                Guess.UNAMBIGUOUS_CONTRACT,
                caller -> caller.get("/contracts/details", "contract_name", "Support hours"));
        breaks(Guess.TIME_ENTRY_TICKET, caller -> caller.post("/time_entries/create", "{'note': 'x'}"));
        breaks(
                Guess.NAME_NEEDED,
                caller -> caller.put(
                        "/kb/folder/update",
                        "{'folder_name': ' '}",
                        "category_name",
                        "Billing",
                        "folder_name",
                        "Invoices"));
        breaks(Guess.READABLE_QUERY, caller -> caller.get("/tickets", "filters", "status=Open"));
        breaks(Guess.READABLE_QUERY, caller -> caller.get("/tickets", "filters", "[]"));
        breaks(Guess.READABLE_BODY, update("subject=x"));
        breaks(Guess.READABLE_BODY, update("[]"));
        breaks(
                Guess.READABLE_BODY,
                caller -> caller.form(
                        "/tickets/add_note_with_attachment",
                        BodyPublishers.ofString("no form"),
                        "ticket_number",
                        "4088",
                        "note_object",
                        "{\"body\":\"x\"}"));
        breaks(Guess.FIELD_TYPES, update("{'custom_fields': []}"));
        breaks(Guess.FIELD_TYPES, update("{'watchers': ['a@b.example']}"));
        breaks(Guess.FIELD_TYPES, imported("'x'"));
        breaks(Guess.SEARCH_QUERY, caller -> caller.get("/tickets/search", "search_type", "1"));
        breaks(Guess.SEARCH_QUERY, caller -> caller.get("/tickets/search", "search_type", "1", "search_query", "vpn"));
        breaks(Guess.SEARCH_QUERY, caller -> caller.get("/tickets/search", "search_type", "2", "search_query", "[]"));
        breaks(Guess.IMPORTED_TYPE, imported("{'type': 'call', 'body': 'x'}"));
        breaks(Guess.IMPORTED_TYPE, imported("{'body': 'x'}"));
        breaks(Guess.IMPORTED_BODY, imported("{'type': 'note'}"));
        breaks(Guess.IMPORTED_TIME, imported("{'type': 'reply', 'body': 'x', 'created_on': '2026-11-22T10:00:00Z'}"));
        breaks(Guess.IMPORTED_TIME, imported("{'type': 'reply', 'body': 'x', 'created_on': '2026-02-30 10:00:00'}"));
    }

    private static void breaks(Guess guess, Function<Caller, Reply> call) {
        BREAKS.add(Arguments.of(guess, call));
    }

    private static Function<Caller, Reply> imported(String message) {
        return caller -> caller.post(
                "/tickets/import_conversations", "{'conversations': [" + message + "]}", "ticket_number", "4088");
    }

    private static Function<Caller, Reply> create(String json) {
        return caller -> caller.post("/tickets/create", json);
    }

    private static Function<Caller, Reply> update(String json) {
        return caller -> caller.put("/tickets/update", json, "ticket_number", "4052");
    }

    @Test
    void there_is_an_example_of_every_guess() {
        assertThat(BREAKS).extracting(example -> example.get()[0]).contains((Object[]) Guess.values());
    }

    @ParameterizedTest
    @FieldSource("BREAKS")
    void a_guess_refuses_with_400_only_while_it_is_on(Guess guess, Function<Caller, Reply> breaks) {
        try (Desk365Sandbox strict = Desk365Sandbox.start(options -> options.contractsEnabled(true));
                Desk365Sandbox lenient = Desk365Sandbox.start(
                        options -> options.contractsEnabled(true).without(guess))) {
            Reply refused = breaks.apply(new Caller(strict));
            Reply accepted = breaks.apply(new Caller(lenient));

            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().path("message").asString()).isNotBlank();
            assertThat(accepted.status()).as(accepted.text()).isLessThan(300);
        }
    }

    @Test
    void a_refused_name_is_named() {
        try (Desk365Sandbox sandbox = Desk365Sandbox.start()) {
            assertThat(update("{'group': 'Nobody'}")
                            .apply(new Caller(sandbox))
                            .json()
                            .path("message")
                            .asString())
                    .contains("Nobody")
                    .contains("group");
        }
    }
}
