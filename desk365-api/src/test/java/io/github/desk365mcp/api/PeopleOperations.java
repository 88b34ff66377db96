package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.model.Agent;
import io.github.desk365mcp.api.model.Company;
import io.github.desk365mcp.api.model.CompanyFields;
import io.github.desk365mcp.api.model.Contact;
import io.github.desk365mcp.api.model.ContactOrder;
import io.github.desk365mcp.api.model.NewContact;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contacts, companies and agents. */
interface PeopleOperations extends WithDesk {

    List<Attachment> PICTURE = List.of(Attachment.of("me.png", "image/png", new byte[10]));

    private static void fill(NewContact contact) {
        contact.name("Ada Lovelace")
                .title("Analyst")
                .mobile("+44 1")
                .phone("+44 2")
                .companyName("Northwind")
                .secondaryEmails("ada1@northwind.example", "ada2@northwind.example");
    }

    private static void fill(CompanyFields<?> company) {
        company.description("Engines")
                .phone("+44 3")
                .address("1 Dorset Street")
                .city("London")
                .state("Greater London")
                .country("United Kingdom")
                .zipcode("W1")
                .sla("Gold")
                .domains("engines.example", "analytical.example");
    }

    @Test
    default void contacts_are_listed() {
        Page<Contact> first = desk().contacts().list().firstPage();
        assertThat(first.items()).hasSize(30);
        assertThat(desk().contacts()
                        .list(q -> q.offset(1)
                                .company("Northwind")
                                .includeCustomFields(true)
                                .orderBy(ContactOrder.EMAIL)
                                .descending()))
                .isNotEmpty()
                .allSatisfy(contact -> {
                    assertThat(contact.companyName()).isEqualTo("Northwind");
                    assertThat(contact.customFields()).isNotNull();
                });
    }

    @Test
    default void created_contacts_are_read_back() {
        desk().contacts().create("smallest@northwind.example", c -> {});
        assertThat(desk().contacts().get("smallest@northwind.example").secondaryEmails())
                .isEmpty();

        Contact answer = desk().contacts().create("ada@northwind.example", PeopleOperations::fill);
        assertThat(answer.primaryEmail()).isEqualTo("ada@northwind.example");
        Contact fullest = desk().contacts().getBySecondaryEmail("ada2@northwind.example");
        assertThat(fullest.name()).isEqualTo("Ada Lovelace");
        assertThat(fullest.title()).isEqualTo("Analyst");
        assertThat(fullest.mobile()).isEqualTo("+44 1");
        assertThat(fullest.phone()).isEqualTo("+44 2");
        assertThat(fullest.companyName()).isEqualTo("Northwind");
        assertThat(fullest.secondaryEmails()).containsExactly("ada1@northwind.example", "ada2@northwind.example");
    }

    @Test
    default void contacts_created_with_files_are_read_back() {
        desk().contacts().create("one@northwind.example", c -> {}, PICTURE);
        deskWithForms().contacts().create("ada@northwind.example", PeopleOperations::fill, PICTURE);
        assertThat(desk().contacts().get("one@northwind.example").isDeleted()).isFalse();
        assertThat(desk().contacts().get("ada@northwind.example").name()).isEqualTo("Ada Lovelace");
    }

    @Test
    default void an_updated_contact_is_read_back() {
        desk().contacts().update(" " + CONTACT + " ", c -> c.title("Chair"));
        assertThat(desk().contacts().get(CONTACT).title()).isEqualTo("Chair");

        desk().contacts()
                .update(
                        CONTACT,
                        c -> c.name("N. Vance")
                                .title("Owner")
                                .mobile("+39 1")
                                .phone("+39 2")
                                .companyName("Fabrikam GmbH"));
        Contact changed = desk().contacts().get(CONTACT);
        assertThat(changed.name()).isEqualTo("N. Vance");
        assertThat(changed.companyName()).isEqualTo("Fabrikam GmbH");
        assertThat(changed.secondaryEmails()).containsExactly("n.vance@northwind.example");
    }

    @Test
    default void companies_are_listed() {
        List<Company> all = desk().companies().list().stream().toList();
        assertThat(all).extracting(Company::name).contains("Northwind", "Fabrikam GmbH");
        assertThat(desk().companies().list(q -> q.offset(1))).hasSize(all.size() - 1);
    }

    @Test
    default void created_companies_are_read_back() {
        desk().companies().create("Smallest", c -> {});
        assertThat(desk().companies().get("Smallest").updatedOn()).isNull();

        assertThat(desk().companies()
                        .create("Engines, Ltd", PeopleOperations::fill)
                        .name())
                .isEqualTo("Engines, Ltd");
        Company fullest = desk().companies().get("Engines, Ltd");
        assertThat(fullest.address()).isEqualTo("1 Dorset Street");
        assertThat(fullest.zipcode()).isEqualTo("W1");
        assertThat(fullest.sla()).isEqualTo("Gold");
        assertThat(fullest.domains()).containsExactly("engines.example", "analytical.example");
    }

    @Test
    default void companies_created_with_files_are_read_back() {
        desk().companies().create("Smallest", c -> {}, PICTURE);
        deskWithForms().companies().create("Engines", PeopleOperations::fill, PICTURE);
        assertThat(desk().companies().get("Smallest").city()).isNull();
        assertThat(desk().companies().get("Engines").city()).isEqualTo("London");
    }

    @Test
    default void an_updated_company_is_read_back() {
        desk().companies().update("Northwind", c -> c.helpdeskSla());
        desk().companies().update("Northwind", c -> c.rename("Southwind"));
        Company renamed = desk().companies().get("Southwind");
        assertThat(renamed.city()).isEqualTo("Turin");
        assertThat(renamed.updatedOn()).isNotNull();

        desk().companies().update("Southwind", PeopleOperations::fill);
        assertThat(desk().companies().get("Southwind").city()).isEqualTo("London");
    }

    @Test
    default void agents_are_listed() {
        List<Agent> agents = desk().agents().list().agents();
        assertThat(agents).extracting(Agent::email).contains("tom.becker@desk.example");
        assertThat(agents).extracting(Agent::name).contains("Tom Becker");
    }
}
