package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class ContactsAndCompaniesTest {

    private static final Desk365Sandbox SANDBOX = Desk365Sandbox.start(options -> options.plan(Plan.UNLIMITED));

    @RegisterExtension
    static final SandboxLifecycle LIFECYCLE = new SandboxLifecycle(SANDBOX);

    private final Caller caller = new Caller(SANDBOX);

    private JsonNode contact(String email) {
        return caller.get("/contacts/details", "primary_email", email).json();
    }

    @Test
    void a_contact_is_found_by_either_kind_of_address() {
        JsonNode nora = contact("nora.vance@northwind.example");

        assertThat(nora.propertyNames())
                .containsExactly(
                        "name",
                        "primary_email",
                        "is_deleted",
                        "secondary_emails",
                        "title",
                        "mobile",
                        "phone",
                        "company_name",
                        "created_on",
                        "updated_on",
                        "custom_fields");
        assertThat(caller.get("/contacts/details", "secondary_email", "n.vance@northwind.example")
                        .json())
                .isEqualTo(nora);
        assertThat(caller.get("/contacts/details").status()).isEqualTo(405);
        assertThat(caller.get("/contacts/details", "secondary_email", "nora.vance@northwind.example")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void contacts_are_listed_by_name_by_default() {
        assertThat(caller.get("/contacts").all("content", "name")).startsWith("Ana Lima", "Aoife Ní Bhriain");
        assertThat(caller.get("/contacts", "order_by", "4", "order_type", "desc")
                        .all("content", "primary_email"))
                .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(caller.get("/contacts", "order_by", "3")
                        .all("content", "company_name")
                        .get(1))
                .isEqualTo("Adventure Works");
        assertThat(caller.get("/contacts", "order_by", "2")
                        .all("content", "title")
                        .get(1))
                .isEqualTo("Accounts Payable");
    }

    @Test
    void a_list_of_contacts_has_custom_fields_only_on_request_and_can_be_limited_to_a_company() {
        JsonNode bare = caller.get("/contacts", "company", "Northwind").json();
        JsonNode full = caller.get("/contacts", "company", "Northwind", "include_custom_fields", "1")
                .json();

        assertThat(bare.path("count").asInt()).isEqualTo(5);
        assertThat(bare.at("/content/0").has("custom_fields")).isFalse();
        assertThat(full.at("/content/0/custom_fields").has("cf_VIP")).isTrue();
    }

    @Test
    void a_contact_can_be_created_read_and_changed() {
        Reply created = caller.post(
                "/contacts/create",
                "{'name': 'Ada Moss', 'primary_email': 'ada@northwind.example', 'title': 'Buyer',"
                        + " 'secondary_emails': 'a@x.example,b@x.example', 'mobile': '1', 'phone': '2'}");

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().propertyNames())
                .containsExactly(
                        "name", "primary_email", "secondary_emails", "title", "mobile", "phone", "company_name");
        // The mail domain is the company's.
        assertThat(contact("ada@northwind.example").path("company_name").asString())
                .isEqualTo("Northwind");
        assertThat(caller.get("/contacts/details", "secondary_email", "b@x.example")
                        .status())
                .isEqualTo(200);

        caller.put("/contacts/update", "{'title': 'Head Buyer'}", "primary_email", "ada@northwind.example");
        assertThat(contact("ada@northwind.example").path("title").asString()).isEqualTo("Head Buyer");
        assertThat(contact("ada@northwind.example").path("mobile").asString()).isEqualTo("1");
    }

    @Test
    void the_address_of_a_contact_cannot_be_changed() {
        Reply reply = caller.put(
                "/contacts/update",
                "{'primary_email': 'x@y.example'}",
                "primary_email",
                "nora.vance@northwind.example");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asString()).contains("primary_email");
    }

    @Test
    void a_changed_name_appears_in_the_tickets_of_the_contact() {
        caller.put("/contacts/update", "{'name': 'Nora V. Vance'}", "primary_email", "nora.vance@northwind.example");

        assertThat(caller.get("/tickets/details", "ticket_number", "4052")
                        .json()
                        .path("contact_name")
                        .asString())
                .isEqualTo("Nora V. Vance");
    }

    @Test
    void domains_are_an_array_in_lists_and_a_text_in_details() {
        JsonNode row = caller.get("/companies").json().at("/content/3");
        JsonNode details =
                caller.get("/companies/details", "name", "Adventure Works").json();

        assertThat(Json.texts(row.path("domains"))).containsExactly("adventureworks.example", "aw-outdoor.example");
        assertThat(details.path("domains").asString()).isEqualTo("adventureworks.example, aw-outdoor.example");
    }

    @Test
    void the_update_time_of_a_company_that_was_never_updated_is_in_1970() {
        assertThat(caller.get("/companies/details", "name", "Northwind")
                        .json()
                        .path("updated_on")
                        .asString())
                .isEqualTo("1970-01-01 00:00:00");
    }

    @Test
    void a_company_can_be_created_and_takes_contacts_of_its_domain() {
        Reply created = caller.post(
                "/companies/create", "{'name': 'Postbox', 'domains': 'postbox.example', 'sla': 'helpdesk default'}");

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().path("sla").asString()).isEqualTo("Silver");
        assertThat(created.json().has("created_on")).isFalse();
        assertThat(contact("sam.ortega@postbox.example").path("company_name").asString())
                .isEqualTo("Postbox");
    }

    @Test
    void renaming_a_company_renames_it_in_its_contacts_and_tickets() {
        Reply renamed = caller.put("/companies/update", "{'name': 'Northwind Group'}", "company_name", "Northwind");

        assertThat(renamed.json().path("name").asString()).isEqualTo("Northwind Group");
        assertThat(renamed.json().path("city").asString()).isEqualTo("Turin");
        assertThat(caller.get("/companies/details", "name", "Northwind").status())
                .isEqualTo(404);
        assertThat(contact("nora.vance@northwind.example").path("company_name").asString())
                .isEqualTo("Northwind Group");
        assertThat(caller.get("/tickets/details", "ticket_number", "4052")
                        .json()
                        .path("company_name")
                        .asString())
                .isEqualTo("Northwind Group");
    }
}
