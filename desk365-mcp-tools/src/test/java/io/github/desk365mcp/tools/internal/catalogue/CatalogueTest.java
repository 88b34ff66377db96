package io.github.desk365mcp.tools.internal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.desk365mcp.tools.Desk365Tools;
import io.github.desk365mcp.tools.Profile;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** House rules that hold for every row of the catalogue. */
class CatalogueTest {

    /** The tools that most conversations need. */
    private static final int FIRST = 7;

    private static final List<String> PARITY = List.of(
            "list_all_desk_365_tickets",
            "get_single_desk_365_ticket_by_id",
            "list_all_desk_365_ticket_conversations",
            "create_a_desk_365_ticket_reply",
            "get_single_desk_365_contact_by_id",
            "list_all_desk_365_kb_articles",
            "desk_365_tickets_create_with_attachment",
            "list_all_desk_365_ping",
            "create_a_desk_365_ticket",
            "update_a_desk_365_ticket_by_id",
            "desk_365_ticket_replies_create_with_attachment",
            "create_a_desk_365_ticket_note",
            "desk_365_ticket_notes_create_with_attachment",
            "list_all_desk_365_contacts",
            "create_a_desk_365_contact",
            "desk_365_contacts_create_with_attachment",
            "update_a_desk_365_contact_by_id",
            "list_all_desk_365_companies",
            "get_single_desk_365_company_by_id",
            "create_a_desk_365_company",
            "desk_365_companies_create_with_attachment",
            "update_a_desk_365_company_by_id",
            "list_all_desk_365_time_entries",
            "get_single_desk_365_time_entry_by_id",
            "create_a_desk_365_time_entry",
            "list_all_desk_365_surveys",
            "get_single_desk_365_survey_by_id",
            "list_all_desk_365_survey_ratings",
            "list_all_desk_365_contracts",
            "get_single_desk_365_contract_by_id",
            "create_a_desk_365_contract",
            "update_a_desk_365_contract_by_id",
            "get_single_desk_365_kb_category_by_id",
            "create_a_desk_365_kb_category",
            "update_a_desk_365_kb_category_by_id",
            "delete_a_desk_365_kb_category_by_id",
            "get_single_desk_365_kb_folder_by_id",
            "create_a_desk_365_kb_folder",
            "update_a_desk_365_kb_folder_by_id",
            "delete_a_desk_365_kb_folder_by_id",
            "get_single_desk_365_kb_article_by_id",
            "create_a_desk_365_kb_article",
            "update_a_desk_365_kb_article_by_id",
            "delete_a_desk_365_kb_article_by_id");

    private static final List<String> ADDITIONS = List.of(
            "desk_365_tickets_search",
            "desk_365_tickets_advanced_search",
            "desk_365_tickets_report",
            "desk_365_tickets_update_many",
            "list_all_desk_365_asset_locations",
            "get_single_desk_365_asset_location_by_id",
            "create_a_desk_365_asset_location",
            "update_a_desk_365_asset_location_by_id",
            "desk_365_tickets_import_conversations",
            "list_all_desk_365_agents",
            "desk_365_tickets_get_context",
            "describe_desk_365_helpdesk",
            "desk_365_attachments_read");

    /** What every client takes; a keyword that is not here breaks one of them. */
    private static final Set<String> KEYWORDS =
            Set.of("type", "properties", "required", "additionalProperties", "items", "enum", "description");

    static Stream<Tool> tools() {
        return Catalogue.tools().stream();
    }

    static Stream<ToolDefinition> definitions() {
        return Desk365Tools.all().definitions().stream();
    }

    @Test
    void it_has_every_tool_of_the_product_it_replaces_and_thirteen_more_in_this_order() {
        assertThat(PARITY).hasSize(44).doesNotHaveDuplicates();
        assertThat(tools().map(Tool::name))
                .containsExactlyElementsOf(
                        Stream.concat(PARITY.stream(), ADDITIONS.stream()).toList());
    }

    @Test
    void names_fit_every_client() {
        assertThat(tools().map(Tool::name)).allMatch(name -> name.matches("[a-z][a-z0-9_]{0,45}"));
        assertThat(tools().map(Tool::shortName)).allMatch(name -> name.matches("[a-z][a-z0-9_]{0,31}"));
        assertThat(tools().flatMap(tool -> Stream.of(tool.name(), tool.shortName())))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void it_is_titled_and_described_briefly(Tool tool) {
        assertThat(tool.title()).isNotBlank().hasSizeLessThanOrEqualTo(40);
        assertThat(tool.description()).hasSizeBetween(30, 1_024).endsWith(".");
        for (Param<?> param : tool.params()) {
            assertThat(param.description()).as(param.name()).isNotBlank().endsWith(".");
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void texts_name_only_tools_that_exist(Tool tool) {
        List<String> known = tools().map(Tool::name).toList();
        Stream<String> texts = Stream.concat(
                Stream.of(tool.description()), tool.params().stream().map(Param::description));

        assertThat(texts.flatMap(CatalogueTest::mentioned)).isSubsetOf(known).doesNotContain(tool.name());
    }

    private static Stream<String> mentioned(String text) {
        return Pattern.compile("[a-z_]*desk_365[a-z0-9_]*")
                .matcher(text)
                .results()
                .map(MatchResult::group);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void identifiers_are_found_where_it_says(Tool tool) {
        for (Param<?> param : tool.identifiers()) {
            for (Param.Source source : param.sources()) {
                Tool supplier = tools().filter(other -> other.name().equals(source.tool()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(source));
                String first = source.path().split("[.\\[]", 2)[0];

                assertThat(properties(supplier.answer().schema()))
                        .as("%s", source)
                        .containsKey(first);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void schemas_are_json_schema_2020_12(ToolDefinition definition) {
        assertThat(violationsOfMetaschema(definition.inputSchema())).isEmpty();
        assertThat(violationsOfMetaschema(java.util.Objects.requireNonNull(definition.outputSchema())))
                .isEmpty();
    }

    private static List<String> violationsOfMetaschema(Map<String, Object> schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()))
                .validate(Text.json(schema), InputFormat.JSON)
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void arguments_are_described_in_words_that_every_client_takes(ToolDefinition definition) {
        Map<String, Object> schema = definition.inputSchema();

        assertThat(schema.keySet()).isSubsetOf("type", "properties", "required", "additionalProperties");
        assertThat(schema).containsEntry("type", "object").containsEntry("additionalProperties", false);
        List<String> problems = new ArrayList<>();
        check("", schema, problems);
        assertThat(problems).isEmpty();
    }

    private static void check(String path, Map<?, ?> schema, List<String> problems) {
        Set<Object> unknown = new TreeSet<>(schema.keySet());
        unknown.removeAll(KEYWORDS);
        if (!unknown.isEmpty()) {
            problems.add(path + " has " + unknown);
        }
        if (!(schema.get("type") instanceof String type)) {
            problems.add(path + " has no type or several");
        } else if (type.equals("array") != schema.get("items") instanceof Map<?, ?>) {
            problems.add(path + ": items belong to arrays, and to all of them");
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            check(path + "[]", items, problems);
        }
        properties(schema).forEach((name, value) -> {
            Map<?, ?> property = (Map<?, ?>) value;
            if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
                problems.add(path + "." + name + " is a name that not every client takes");
            }
            if (!(property.get("description") instanceof String message) || message.isBlank()) {
                problems.add(path + "." + name + " is not described");
            }
            check(path + "." + name, property, problems);
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> properties(Map<?, ?> schema) {
        return schema.get("properties") instanceof Map<?, ?> properties ? (Map<String, Object>) properties : Map.of();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void answers_promise_nothing_that_a_real_one_could_break(Tool tool) {
        Map<String, Object> schema = tool.answer().schema();

        assertThat(schema.keySet()).containsExactly("type", "properties");
        properties(schema)
                .forEach((name, property) -> assertThat(Set.<Object>of("type", "items"))
                        .as(name)
                        .containsAll(((Map<?, ?>) property).keySet()));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void arguments_are_called_what_answers_call_them(Tool tool) {
        // What the API calls these fields in requests, or in some answers only.
        assertThat(tool.params().stream().map(Param::name))
                .doesNotContain("id", "email", "article_title", "assign_to", "sub_category", "company", "private_note");
    }

    @Test
    void marks_stand_on_those_tools_that_need_them() {
        assertThat(marked(Tool::unverified))
                .containsExactly(
                        "desk_365_contacts_create_with_attachment",
                        "desk_365_companies_create_with_attachment",
                        "create_a_desk_365_time_entry",
                        "list_all_desk_365_agents");
        assertThat(marked(Tool::restricted)).hasSize(4).allMatch(name -> name.contains("contract"));
        assertThat(marked(Tool::reachesCustomer))
                .containsExactly(
                        "create_a_desk_365_ticket_reply",
                        "desk_365_tickets_create_with_attachment",
                        "create_a_desk_365_ticket",
                        "update_a_desk_365_ticket_by_id",
                        "desk_365_ticket_replies_create_with_attachment",
                        "create_a_desk_365_ticket_note",
                        "desk_365_ticket_notes_create_with_attachment",
                        "create_a_desk_365_contact",
                        "desk_365_contacts_create_with_attachment",
                        "create_a_desk_365_kb_category",
                        "update_a_desk_365_kb_category_by_id",
                        "create_a_desk_365_kb_folder",
                        "update_a_desk_365_kb_folder_by_id",
                        "create_a_desk_365_kb_article",
                        "update_a_desk_365_kb_article_by_id",
                        "desk_365_tickets_import_conversations");
        assertThat(marked(tool -> tool.calls() != 1))
                .containsExactly(
                        "list_all_desk_365_tickets",
                        "create_a_desk_365_ticket_reply",
                        "list_all_desk_365_ping",
                        "update_a_desk_365_ticket_by_id",
                        "desk_365_ticket_replies_create_with_attachment",
                        "create_a_desk_365_ticket_note",
                        "desk_365_ticket_notes_create_with_attachment",
                        "list_all_desk_365_contacts",
                        "update_a_desk_365_kb_article_by_id",
                        "desk_365_tickets_search",
                        "desk_365_tickets_advanced_search",
                        "desk_365_tickets_report",
                        "desk_365_tickets_update_many",
                        "desk_365_tickets_get_context",
                        "describe_desk_365_helpdesk",
                        "desk_365_attachments_read");
    }

    private static List<String> marked(java.util.function.Predicate<Tool> mark) {
        return tools().filter(mark).map(Tool::name).toList();
    }

    @Test
    void tools_that_send_files_tell_programs_how() {
        List<String> withFiles = definitions()
                .filter(tool -> tool.meta().containsKey(MetaKeys.ATTACHMENTS))
                .map(ToolDefinition::name)
                .toList();

        assertThat(withFiles).hasSize(5).allMatch(name -> name.endsWith("_create_with_attachment"));
    }

    @Test
    void what_a_model_is_shown_stays_small() {
        List<String> shown = definitions().map(CatalogueTest::asShown).toList();

        System.out.println("shown: " + bytes(shown) + " bytes, first seven " + bytes(shown.subList(0, FIRST)));
        assertThat(bytes(shown)).as("the whole catalogue").isLessThan(56_000);
        assertThat(bytes(shown.subList(0, FIRST))).as("the first seven").isLessThan(9_000);
        List<String> core = Desk365Tools.select(Selection.core()).definitions().stream()
                .map(CatalogueTest::asShown)
                .toList();
        assertThat(bytes(core)).as("the preset core").isLessThan(20_000);
        assertThat(bytes(List.of(Desk365Tools.all().toJson(Profile.MCP))))
                .as("tools/list")
                .isLessThan(112_000);
    }

    private static String asShown(ToolDefinition tool) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", tool.name());
        shown.put("description", tool.description());
        shown.put("inputSchema", tool.inputSchema());
        return Text.json(shown);
    }

    private static int bytes(List<String> texts) {
        return texts.stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
