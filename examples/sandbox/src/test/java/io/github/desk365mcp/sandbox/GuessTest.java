package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every guessed refusal refuses by itself, and lets the request through once it is off. */
class GuessTest {

    private static final String CLEAN = "'email': 'a@b.example', 'subject': 's'";
    private static final String PLACE = "'category_name': 'Billing', 'folder_name': 'Invoices'";

    private static final Map<Guess, Function<Caller, Reply>> BREAKS = new EnumMap<>(Guess.class);

    static {
        BREAKS.put(Guess.TICKET_NEEDS_STATUS, create("{" + CLEAN + ", 'description': 'd'}"));
        BREAKS.put(Guess.TICKET_NEEDS_DESCRIPTION, create("{" + CLEAN + ", 'status': 'Open'}"));
        BREAKS.put(Guess.SUBJECT_UP_TO_120, update("{'subject': '" + "x".repeat(121) + "'}"));
        BREAKS.put(Guess.SUBJECT_NOT_EMPTY, update("{'subject': ' '}"));
        BREAKS.put(Guess.KNOWN_NAMES, update("{'group': 'Nobody'}"));
        BREAKS.put(Guess.KNOWN_AGENTS, update("{'assign_to': 'nobody@desk.example'}"));
        BREAKS.put(Guess.SUBCATEGORY_OF_CATEGORY, update("{'category': 'Billing', 'sub_category': 'VPN'}"));
        BREAKS.put(Guess.DROPDOWN_VALUES, update("{'custom_fields': {'cf_Contract Level': 'Platinum'}}"));
        BREAKS.put(Guess.KNOWN_CODES, update("{'priority': 2}"));
        BREAKS.put(Guess.FIELD_TYPES, update("{'priority': '5'}"));
        BREAKS.put(
                Guess.KNOWN_MAILBOX,
                caller -> caller.post(
                        "/tickets/add_reply", "{'body': 'x', 'from_email': 'a@b.example'}", "ticket_number", "4088"));
        BREAKS.put(Guess.READABLE_QUERY, caller -> caller.get("/tickets", "offset", "many"));
        BREAKS.put(Guess.KNOWN_FILTERS, caller -> caller.get("/tickets", "filters", "{\"subject\":[\"x\"]}"));
        BREAKS.put(Guess.CONTACT_NEEDS_EMAIL, caller -> caller.post("/contacts/create", "{'name': 'A'}"));
        BREAKS.put(Guess.EMAIL_FORM, caller -> caller.post("/contacts/create", "{'primary_email': 'a'}"));
        BREAKS.put(
                Guess.UNIQUE_CONTACT,
                caller -> caller.post("/contacts/create", "{'primary_email': 'Nora.Vance@northwind.example'}"));
        BREAKS.put(
                Guess.CONTACT_COMPANY_EXISTS,
                caller -> caller.post("/contacts/create", "{'primary_email': 'a@b.example', 'company_name': 'C'}"));
        BREAKS.put(Guess.NAME_NEEDED, caller -> caller.post("/companies/create", "{}"));
        BREAKS.put(Guess.UNIQUE_COMPANY, caller -> caller.post("/companies/create", "{'name': 'Northwind'}"));
        BREAKS.put(Guess.UNIQUE_CATEGORY, caller -> caller.post("/kb/category/create", "{'category_name': 'Billing'}"));
        BREAKS.put(Guess.UNIQUE_FOLDER, caller -> caller.post("/kb/folder/create", "{" + PLACE + "}"));
        BREAKS.put(Guess.PARENT_EXISTS, caller -> caller.post("/kb/article/create", "{'article_title': 'A'}"));
        BREAKS.put(
                Guess.LOCATION_LENGTHS,
                caller -> caller.post("/asset_mgmt/locations/create", "{'location_name': '" + "x".repeat(129) + "'}"));
        BREAKS.put(Guess.CONTRACT_COMPANY_EXISTS, caller -> caller.post("/contracts/create", "{'name': 'A'}"));
        BREAKS.put(
                Guess.CONTRACT_BLOCK,
                caller -> caller.post(
                        "/contracts/create",
                        "{'name': 'A', 'company': 'Northwind', 'contract_type': 3,"
                                + " 'block_hours': {'contract_hours': 1}}"));
        BREAKS.put(
                Guess.UNAMBIGUOUS_CONTRACT,
                caller -> caller.get("/contracts/details", "contract_name", "Support hours"));
        BREAKS.put(Guess.TIME_ENTRY_TICKET, caller -> caller.post("/time_entries/create", "{'note': 'x'}"));
    }

    private static Function<Caller, Reply> create(String json) {
        return caller -> caller.post("/tickets/create", json);
    }

    private static Function<Caller, Reply> update(String json) {
        return caller -> caller.put("/tickets/update", json, "ticket_number", "4052");
    }

    @Test
    void there_is_an_example_of_every_guess() {
        assertThat(BREAKS).containsOnlyKeys(Guess.values());
    }

    @ParameterizedTest
    @EnumSource
    void a_guess_refuses_with_400_only_while_it_is_on(Guess guess) {
        Function<Caller, Reply> breaks = Objects.requireNonNull(BREAKS.get(guess));
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
