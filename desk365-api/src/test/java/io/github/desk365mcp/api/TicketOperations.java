package io.github.desk365mcp.api;

import static io.github.desk365mcp.api.model.Priority.HIGH;
import static io.github.desk365mcp.api.model.Priority.LOW;
import static io.github.desk365mcp.api.model.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.model.FileLink;
import io.github.desk365mcp.api.model.SearchIn;
import io.github.desk365mcp.api.model.Source;
import io.github.desk365mcp.api.model.Ticket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets without their conversations. */
interface TicketOperations extends WithDesk {

    String OTHER_CONTACT = "luca.moretti@northwind.example";
    String OTHER_AGENT = "priya.raman@desk.example";

    @Test
    default void tickets_are_listed() {
        Page<Ticket> first = desk().tickets().list().firstPage();
        assertThat(first.items()).hasSize(30);
        assertThat(first.total()).isGreaterThan(60);
        assertThat(desk().tickets().list(q -> q.pageSize(100)).stream().count()).isEqualTo(first.total());

        List<Ticket> found = desk().tickets()
                .list(q -> q.offset(0)
                        .pageSize(50)
                        .includeDescription(true)
                        .includeCustomFields(true)
                        .includeSurveyDetails(true)
                        .flatten(false)
                        .orderBy("updated_time")
                        .oldestFirst()
                        .updatedSince(Instant.parse("2026-10-01T00:00:00Z"))
                        .status("Open", "Pending", "Resolved", "Closed")
                        .priority(LOW, HIGH, URGENT)
                        .source(Source.EMAIL)
                        .merged(false))
                .firstPage()
                .items();
        assertThat(found).isNotEmpty().allSatisfy(ticket -> {
            assertThat(ticket.source()).isEqualTo(Source.EMAIL);
            assertThat(ticket.description()).isNotNull();
            assertThat(ticket.customFields()).isNotNull();
        });
    }

    @Test
    default void every_filter_is_understood() {
        Ticket ticket = create();
        assertThat(desk().tickets()
                        .list(q -> q.status("Pending")
                                .priority(HIGH)
                                .type("Incident")
                                .group("Network")
                                .assignedTo(AGENT)
                                .category("Network")
                                .subcategory("VPN")
                                .source(Source.API)
                                .contact(CONTACT)
                                .companyName("Northwind")
                                .customField("cf_Contract Level", "Gold")))
                .extracting(Ticket::ticketNumber)
                .containsExactly(ticket.ticketNumber());
        assertThat(desk().tickets().list(q -> q.notSet("assigned_to")))
                .isNotEmpty()
                .allSatisfy(unassigned -> assertThat(unassigned.assignedTo()).isNull());
    }

    @Test
    default void tickets_are_searched() {
        assertThat(desk().tickets().search("VPN").firstPage().items()).isNotEmpty();
        assertThat(desk().tickets()
                        .search(
                                "VPN",
                                s -> s.searchIn(SearchIn.values())
                                        .offset(1)
                                        .pageSize(50)
                                        .includeDescription(true)
                                        .includeCustomFields(true)
                                        .includeSurveyDetails(true)
                                        .orderBy("relevance")
                                        .merged(true))
                        .firstPage()
                        .items())
                .isNotEmpty();
        assertThat(desk().tickets().searchFields(Map.of("subject", "VPN"), s -> {}).stream())
                .isNotEmpty()
                .allSatisfy(ticket -> assertThat(ticket.subject()).contains("VPN"));
    }

    @Test
    default void a_created_ticket_is_read_back() {
        Ticket smallest = desk().tickets().create(CONTACT, "No network", "<p>None.</p>", t -> {});
        Ticket read = desk().tickets().get(smallest.ticketNumber());
        assertThat(read.subject()).isEqualTo("No network");
        assertThat(read.status()).isEqualTo("Open");

        Ticket fullest = desk().tickets().get(create().ticketNumber());
        assertThat(fullest.contactEmail()).isEqualTo(CONTACT);
        assertThat(fullest.description()).isEqualTo("<p>None.</p>");
        assertThat(fullest.priority()).isEqualTo(HIGH);
        assertThat(fullest.subcategory()).isEqualTo("VPN");
        assertThat(Objects.requireNonNull(fullest.customFields()).text("cf_Contract Level"))
                .isEqualTo("Gold");
        assertThat(fullest.watchers()).containsExactly(AGENT, OTHER_AGENT);
        assertThat(fullest.shareTo()).containsExactly(OTHER_CONTACT);
    }

    private Ticket create() {
        return desk().tickets()
                .create(
                        CONTACT,
                        "No network",
                        "<p>None.</p>",
                        t -> t.status("Pending")
                                .priority(HIGH)
                                .type("Incident")
                                .assignTo(AGENT)
                                .group("Network")
                                .category("Network")
                                .subcategory("VPN")
                                .formName("Create Ticket")
                                .customFields(Map.of("cf_Contract Level", "Gold"))
                                .watchers(AGENT, OTHER_AGENT)
                                .shareTo(OTHER_CONTACT));
    }

    @Test
    default void files_of_a_created_ticket_are_downloaded(@TempDir Path folder) throws IOException {
        Ticket one = desk().tickets().create(CONTACT, "One file", "-", t -> {}, List.of(FILE));
        FileLink link = one.attachments().get(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(desk().download(Objects.requireNonNull(link.attachmentUrl()), bytes, 100))
                .isEqualTo(FILE.length());
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("Grüße");
        assertThat(link.fileName()).isEqualTo("résumé.txt");

        Ticket two = deskWithForms()
                .tickets()
                .create(
                        CONTACT,
                        "Two files",
                        "-",
                        t -> t.status("Pending")
                                .priority(LOW)
                                .type("Incident")
                                .assignTo(AGENT)
                                .group("Network")
                                .category("Network")
                                .subcategory("VPN")
                                .formName("Create Ticket")
                                .customFields(Map.of("cf_Site Name", "🏬 Turin"))
                                .watchers(AGENT)
                                .shareTo(OTHER_CONTACT),
                        List.of(FILE, OTHER_FILE));
        Path target = folder.resolve("empty.bin");
        FileLink empty = desk().tickets().get(two.ticketNumber()).attachments().get(1);
        assertThat(desk().download(Objects.requireNonNull(empty.attachmentUrl()), target, 0))
                .isZero();
        assertThat(Files.size(target)).isZero();
    }

    @Test
    default void an_updated_ticket_is_read_back() {
        long number = create().ticketNumber();
        desk().tickets().update(number, t -> t.status("resolved"));
        assertThat(desk().tickets().get(number).status()).isEqualTo("Resolved");

        desk().tickets()
                .update(
                        number,
                        t -> t.contactEmail(OTHER_CONTACT)
                                .subject("Network again")
                                .description("<p>All well.</p>")
                                .sla("Silver")
                                .status("Open")
                                .priority(URGENT)
                                .type("Problem")
                                .assignTo(OTHER_AGENT)
                                .group("Applications")
                                .category("Software")
                                .subcategory("ERP")
                                .customFields(Map.of("cf_Site Name", "Turin"))
                                .addWatchers("emre.celik@desk.example")
                                .removeWatchers(AGENT, OTHER_AGENT)
                                .addShares(CONTACT)
                                .removeShares(OTHER_CONTACT));
        Ticket changed = desk().tickets().get(number);
        assertThat(changed.contactEmail()).isEqualTo(OTHER_CONTACT);
        assertThat(changed.assignedTo()).isEqualTo(OTHER_AGENT);
        assertThat(changed.watchers()).containsExactly("emre.celik@desk.example");
        assertThat(changed.shareTo()).containsExactly(CONTACT);

        desk().tickets().update(number, t -> t.unassign().clearGroup().clearSubcategory());
        desk().tickets().update(number, t -> t.clearCategory());
        Ticket cleared = desk().tickets().get(number);
        assertThat(cleared.assignedTo()).isNull();
        assertThat(cleared.group()).isNull();
        assertThat(cleared.subcategory()).isNull();
        assertThat(cleared.category()).isNull();
    }
}
