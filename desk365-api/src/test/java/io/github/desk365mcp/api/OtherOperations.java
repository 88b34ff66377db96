package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.model.Location;
import io.github.desk365mcp.api.model.LocationList;
import io.github.desk365mcp.api.model.NotifyType;
import io.github.desk365mcp.api.model.Survey;
import io.github.desk365mcp.api.model.SurveyRating;
import io.github.desk365mcp.api.model.SurveyType;
import io.github.desk365mcp.api.model.TimeEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Time entries, surveys, asset locations and the service itself. */
interface OtherOperations extends WithDesk {

    @Test
    default void the_service_says_that_it_is_up() {
        assertThat(desk().ping()).isNotBlank();
    }

    @Test
    default void time_entries_are_listed() {
        Page<TimeEntry> first = desk().timeEntries().list().firstPage();
        assertThat(first.items()).hasSize(30);
        assertThat(desk().timeEntries().list(q -> q.pageSize(100)).stream().count())
                .isEqualTo(first.total());

        TimeEntry some = first.items().get(3);
        Instant start = Objects.requireNonNull(some.startTime());
        assertThat(desk().timeEntries()
                        .list(q -> q.offset(0)
                                .pageSize(50)
                                .ticketNumber(Objects.requireNonNull(some.ticketNumber()))
                                .agentEmail(Objects.requireNonNull(some.agentEmail()))
                                .startedAfter(start.minusSeconds(1))
                                .startedBefore(start.plusSeconds(1))
                                .createdAfter(start.minusSeconds(1))
                                .updatedAfter(start.minusSeconds(1))
                                .billable(Boolean.TRUE.equals(some.billable()))
                                .timerRunning(false)))
                .containsExactly(some);
        assertThat(desk().timeEntries().list(q -> q.companyName("Northwind"))).isNotEmpty();
    }

    @Test
    default void created_time_entries_are_read_back() {
        long ticket = desk().tickets().list().firstPage().items().get(0).ticketNumber();
        TimeEntry smallest = desk().timeEntries().create(ticket, e -> {});
        assertThat(desk().timeEntries().get(smallest.id()).ticketNumber()).isEqualTo(ticket);

        long id = desk().timeEntries()
                .create(
                        ticket,
                        e -> e.agentEmail(AGENT)
                                .note("On the phone")
                                .billable(true)
                                .startTime(Instant.parse("2026-11-20T09:30:00Z"))
                                .minutes(45)
                                .additionalInfo("Twice"))
                .id();
        TimeEntry fullest = desk().timeEntries().get(id);
        assertThat(fullest.agentEmail()).isEqualTo(AGENT);
        assertThat(fullest.note()).isEqualTo("On the phone");
        assertThat(fullest.billable()).isTrue();
        assertThat(fullest.startTime()).isEqualTo("2026-11-20T09:30:00Z");
        assertThat(fullest.timeSpentInMinutes()).isEqualTo(45);
        assertThat(fullest.additionalInfo()).isEqualTo("Twice");
    }

    @Test
    default void surveys_and_their_ratings_are_read() {
        List<Survey> surveys = desk().surveys().list().surveys();
        assertThat(surveys).extracting(Survey::surveyName).contains("Five stars");
        Survey survey = desk().surveys().get(surveys.get(0).surveyName());
        assertThat(survey.surveyType()).isEqualTo(SurveyType.CSAT);
        assertThat(survey.notifyType()).isEqualTo(NotifyType.RESOLVED);
        assertThat(Objects.requireNonNull(survey.questions()).csQuestion2()).isNotNull();

        List<SurveyRating> ratings = desk().surveys().ratings().stream().toList();
        assertThat(ratings).hasSizeGreaterThan(2);
        assertThat(Objects.requireNonNull(ratings.get(0).ratings()).rating()).isBetween(-3L, 3L);
        assertThat(desk().surveys().ratings(q -> q.offset(2))).hasSize(ratings.size() - 2);
    }

    @Test
    default void created_locations_are_read_back() {
        desk().assetLocations().create("Smallest", l -> {});
        assertThat(desk().assetLocations().get("Smallest").parentLocationName()).isEmpty();

        desk().assetLocations()
                .create(
                        "Cellar",
                        l -> l.parent("Smallest")
                                .contactName("Giulia Ferraro")
                                .contactEmail("giulia.ferraro@northwind.example")
                                .contactPhone("+39 1")
                                .address("Via Roma 41")
                                .city("Turin")
                                .state("Piedmont")
                                .country("Italy")
                                .zipcode("10121"));
        Location fullest = desk().assetLocations().get("Cellar");
        assertThat(fullest.parentLocationName()).isEqualTo("Smallest");
        assertThat(fullest.contactName()).isEqualTo("Giulia Ferraro");
        assertThat(fullest.contactEmail()).isEqualTo("giulia.ferraro@northwind.example");
        assertThat(fullest.contactPhone()).isEqualTo("+39 1");
        assertThat(fullest.locationAddress()).isEqualTo("Via Roma 41");
        assertThat(fullest.locationState()).isEqualTo("Piedmont");
        assertThat(fullest.locationZipcode()).isEqualTo("10121");

        LocationList all = desk().assetLocations().list();
        assertThat(all.total()).isEqualTo(all.locations().size());
        assertThat(all.locations()).contains(fullest);
    }

    @Test
    default void an_updated_location_is_read_back() {
        desk().assetLocations().update("Northwind HQ Turin", l -> l.city("Torino"));
        desk().assetLocations()
                .update(
                        "Northwind HQ Turin",
                        l -> l.rename("Headquarters")
                                .contactName("Luca Moretti")
                                .contactEmail("luca.moretti@northwind.example")
                                .contactPhone("+39 2")
                                .address("Via Roma 42")
                                .city("Torino")
                                .state("Piemonte")
                                .country("Italia")
                                .zipcode("10122"));
        Location changed = desk().assetLocations().get("Headquarters");
        assertThat(changed.locationCity()).isEqualTo("Torino");
        assertThat(changed.locationCountry()).isEqualTo("Italia");
    }
}
