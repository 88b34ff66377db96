package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Caller.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests time entries, surveys, contracts, asset locations and agents. */
class OtherRecordsTest {

    private static final Desk365Sandbox SANDBOX = Desk365Sandbox.start(
            options -> options.plan(Plan.UNLIMITED).contractsEnabled(true).clock(new ManualClock()));

    @RegisterExtension
    static final SandboxLifecycle LIFECYCLE = new SandboxLifecycle(SANDBOX);

    private final Caller caller = new Caller(SANDBOX);

    @ParameterizedTest
    @CsvSource({
        "ticket_number, 4017",
        "agent_email, zoe.lindqvist@desk.example",
        "company_name, Fabrikam GmbH",
        "billable, 0",
        "timer_running, 1",
        "started_after, 2026-11-21 00:00:00",
        "started_before, 2026-10-03 00:00:00",
        "created_after, 2026-11-21 00:00:00",
        "updated_after, 2026-11-21 00:00:00",
    })
    void time_entries_can_be_narrowed_down(String parameter, String value) {
        int all = caller.get("/time_entries").json().path("count").asInt();

        assertThat(caller.get("/time_entries", parameter, value)
                        .json()
                        .path("count")
                        .asInt())
                .isPositive()
                .isLessThan(all);
    }

    @Test
    void a_time_entry_can_be_created_and_read() {
        Reply created = caller.post(
                "/time_entries/create",
                "{'ticket_number': 4052, 'note': 'Bridge', 'billable': 1, 'time_spent_in_minutes': 45,"
                        + " 'start_time': '2026-11-23 08:00:00'}");

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().propertyNames())
                .containsExactly(
                        "id",
                        "ticket_number",
                        "agent_email",
                        "note",
                        "billable",
                        "created_time",
                        "start_time",
                        "time_spent_in_minutes",
                        "timer_running",
                        "additional_info");
        String id = created.json().path("id").asString();
        assertThat(caller.get("/time_entries/details", "id", id).json()).isEqualTo(created.json());
        assertThat(caller.get("/time_entries", "ticket_number", "4052")
                        .json()
                        .at("/content/1/updated_time")
                        .asString())
                .isEqualTo("2026-11-23 09:00:00");
        assertThat(caller.get("/time_entries", "time_entries_count", "20").status())
                .isEqualTo(400);
    }

    @Test
    void a_deleted_survey_is_listed_and_cannot_be_read() {
        assertThat(caller.get("/surveys").all("surveys", "survey_name")).contains("Spring survey");
        assertThat(caller.get("/surveys/details", "survey_name", "Spring survey")
                        .status())
                .isEqualTo(404);
        assertThat(caller.get("/surveys/details", "survey_name", "Ticket resolved 😊")
                        .json()
                        .at("/questions/survey_question")
                        .asString())
                .isNotEmpty();
    }

    @Test
    void ratings_are_listed_the_oldest_first() {
        assertThat(caller.get("/surveys/ratings").all("survey_ratings", "rated_on"))
                .hasSize(30)
                .isSorted();
    }

    @Test
    void contracts_are_refused_unless_they_are_enabled() {
        try (Desk365Sandbox plain = Desk365Sandbox.start()) {
            Caller stranger = new Caller(plain);

            assertThat(stranger.get("/contracts").status()).isEqualTo(403);
            assertThat(stranger.get("/contracts/details", "contract_name", "x").status())
                    .isEqualTo(403);
            assertThat(stranger.post("/contracts/create", "{}").status()).isEqualTo(403);
            assertThat(stranger.put("/contracts/update", "{}", "contract_name", "x")
                            .status())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "company, Northwind, 2",
        "contract_category, Seasonal, 1",
        "include_expired_contracts, 0, 33",
        "include_upcoming_contracts, 0, 33",
    })
    void contracts_can_be_narrowed_down(String parameter, String value, int expected) {
        assertThat(caller.get("/contracts").json().path("count").asInt()).isEqualTo(34);
        assertThat(caller.get("/contracts", parameter, value)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(expected);
        assertThat(caller.get("/contracts", "include_inactive_contracts", "0")
                        .json()
                        .path("count")
                        .asInt())
                .isLessThan(34);
    }

    @Test
    void a_contract_is_found_by_name_or_reference_number() {
        JsonNode contract = caller.get("/contracts/details", "contract_name", "Northwind full service")
                .json();

        assertThat(caller.get("/contracts/details", "reference_number", "NW-2026-01")
                        .json())
                .isEqualTo(contract);
        assertThat(caller.get("/contracts/details", "contract_name", "NW-2026-01")
                        .json())
                .isEqualTo(contract);
        assertThat(contract.at("/usage_hours/0").has("contractMinsUsed")).isTrue();
        assertThat(contract.at("/rollover_details/0").has("contract_mins_used")).isTrue();
        assertThat(caller.get("/contracts/details", "contract_name", "Support hours")
                        .status())
                .isEqualTo(400);
        assertThat(caller.get("/contracts/details").status()).isEqualTo(405);
    }

    @Test
    void a_contract_can_be_created_and_changed() {
        Reply created = caller.post(
                "/contracts/create",
                "{'name': 'Winter', 'company': 'Northwind', 'start_date': '2026-12-01', 'end_date': '2027-02-28',"
                        + " 'reference_number': 'W-1', 'setup_fees': 10, 'sla': 'Gold', 'contract_category': 'Seasonal',"
                        + " 'is_active': true, 'bill_cycle': 1, 'after_hours_included': true, 'contract_type': 2,"
                        + " 'block_hours': {'contract_hours': 5, 'min_increment': 15, 'rollover_unused_hours': true,"
                        + " 'rollover_type': 1, 'rollover_value': 2}}");
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(created.json().at("/block_hours/rollover_unused_hours").asBoolean())
                .isTrue();

        caller.put("/contracts/update", "{'setup_fees': 0, 'contract_category': '- -'}", "reference_number", "W-1");
        JsonNode contract =
                caller.get("/contracts/details", "reference_number", "W-1").json();
        assertThat(contract.path("setup_fees").asInt(-1)).isZero();
        assertThat(contract.path("category").isNull()).isTrue();
        assertThat(contract.path("contract_hours").asInt()).isEqualTo(5);
        assertThat(contract.path("rollover_unused_hours").asInt()).isEqualTo(1);
        assertThat(contract.path("total_available_mins").asInt()).isEqualTo(300);
    }

    @Test
    void the_list_of_locations_has_a_total_and_top_level_locations_have_an_empty_parent() {
        JsonNode all = caller.get("/asset_mgmt/locations").json();

        assertThat(all.propertyNames()).containsExactly("total", "locations");
        assertThat(all.path("total").asInt()).isEqualTo(10);
        assertThat(all.at("/locations/0/parent_location_name").asString("?")).isEmpty();
        assertThat(caller.get("/asset_mgmt/locations/details", "location_name", "Turin server room")
                        .json()
                        .path("parent_location_name")
                        .asString())
                .isEqualTo("Northwind HQ Turin");
    }

    @Test
    void a_location_can_be_created_and_renamed_with_its_children() {
        Reply created = caller.post(
                "/asset_mgmt/locations/create",
                "{'location_name': 'Rack 1', 'parent_location_name': 'Turin server room'}");
        assertThat(created.status()).isEqualTo(201);

        Reply renamed = caller.put(
                "/asset_mgmt/locations/update", "{'location_name': 'Cold room'}", "location_name", "Turin server room");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json().path("location_city").asString()).isEqualTo("Turin");
        assertThat(caller.get("/asset_mgmt/locations/details", "location_name", "Rack 1")
                        .json()
                        .path("parent_location_name")
                        .asString())
                .isEqualTo("Cold room");
    }

    @Test
    void a_location_needs_a_free_name_and_a_parent_that_exists_and_keeps_it() {
        assertThat(location("{'location_name': 'Graz plant'}")).isEqualTo(409);
        assertThat(location("{'location_name': 'X', 'parent_location_name': 'Nowhere'}"))
                .isEqualTo(404);
        assertThat(location("{}")).isEqualTo(400);
        assertThat(caller.put(
                                "/asset_mgmt/locations/update",
                                "{'parent_location_name': 'Leeds warehouse'}",
                                "location_name",
                                "Graz plant")
                        .status())
                .isEqualTo(400);
    }

    private int location(String json) {
        return caller.post("/asset_mgmt/locations/create", json).status();
    }

    @Test
    void agents_are_listed_under_content() {
        List<String> names = caller.get("/agents").all("content", "name");

        assertThat(names).hasSize(5).contains("Zoë Lindqvist", "Emre Çelik");
    }
}
