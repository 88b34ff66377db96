package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ContractDescriptionTest {

    private static final Set<String> OPERATIONS = Set.of(
            "ping",
            "listTickets",
            "searchTickets",
            "getTicket",
            "createTicket",
            "createTicketWithAttachment",
            "updateTicket",
            "addReply",
            "addReplyWithAttachment",
            "addNote",
            "addNoteWithAttachment",
            "listConversations",
            "importConversations",
            "listContacts",
            "getContact",
            "createContact",
            "createContactWithAttachment",
            "updateContact",
            "listCompanies",
            "getCompany",
            "createCompany",
            "createCompanyWithAttachment",
            "updateCompany",
            "listTimeEntries",
            "getTimeEntry",
            "createTimeEntry",
            "listSurveys",
            "getSurvey",
            "listSurveyRatings",
            "listContracts",
            "getContract",
            "createContract",
            "updateContract",
            "getCategory",
            "createCategory",
            "updateCategory",
            "deleteCategory",
            "getFolder",
            "createFolder",
            "updateFolder",
            "deleteFolder",
            "listArticles",
            "getArticle",
            "createArticle",
            "updateArticle",
            "deleteArticle",
            "listLocations",
            "getLocation",
            "createLocation",
            "updateLocation",
            "listAgents");

    private static final JsonNode DESCRIPTION = read();

    @Test
    void is_openapi_3_1() {
        assertThat(DESCRIPTION.path("openapi").asString()).startsWith("3.1.");
        assertThat(DESCRIPTION.at("/info/version").asString()).isEqualTo("v3");
    }

    @Test
    void describes_51_operations() {
        assertThat(operations()).hasSize(51);
        assertThat(Contract.load().operations()).isEqualTo(OPERATIONS).hasSize(51);
    }

    @Test
    void every_operation_has_a_summary_a_description_and_a_certainty() {
        assertThat(operations()).allSatisfy(operation -> {
            String id = operation.path("operationId").asString();
            assertThat(operation.path("summary").asString("")).as(id).isNotBlank();
            assertThat(operation.path("description").asString("")).as(id).isNotBlank();
            assertThat(operation.path("x-certainty").asString(""))
                    .as(id)
                    .isIn("confirmed", "one-source", "inferred", "unverified");
        });
    }

    @Test
    void only_operations_by_analogy_are_unverified() {
        assertThat(operations())
                .filteredOn(
                        operation -> operation.path("x-certainty").asString().equals("unverified"))
                .extracting(operation -> operation.path("operationId").asString())
                .containsExactlyInAnyOrder(
                        "createContactWithAttachment", "createCompanyWithAttachment", "createTimeEntry");
    }

    @Test
    void every_reference_resolves() {
        List<String> references = DESCRIPTION.findValuesAsString("$ref");
        assertThat(references).hasSizeGreaterThan(100).allSatisfy(reference -> {
            assertThat(reference).startsWith("#/components/");
            assertThat(DESCRIPTION.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void every_component_is_used() {
        List<String> references = DESCRIPTION.findValuesAsString("$ref");
        for (String kind : List.of("headers", "parameters", "responses", "schemas")) {
            for (String name : DESCRIPTION.at("/components/" + kind).propertyNames()) {
                assertThat(references).contains("#/components/" + kind + "/" + name);
            }
        }
    }

    @Test
    void every_schema_is_valid_json_schema() {
        Schema metaschema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        List<JsonNode> schemas = new ArrayList<>(DESCRIPTION.findValues("schema"));
        schemas.addAll(DESCRIPTION.at("/components/schemas").values());
        assertThat(schemas)
                .hasSizeGreaterThan(100)
                .allSatisfy(schema -> assertThat(metaschema.validate(schema)).isEmpty());
    }

    @Test
    void every_body_is_closed() {
        assertThat(DESCRIPTION.at("/components/schemas").properties())
                .filteredOn(schema -> schema.getKey().matches("New.*|.*(Update|Input|Import|Filters|Search|Changes)"))
                .hasSizeGreaterThan(20)
                .allSatisfy(schema -> assertThat(
                                schema.getValue().path("additionalProperties").asString("open"))
                        .as(schema.getKey())
                        .isEqualTo("false"));
    }

    @Test
    void every_path_is_of_version_3() {
        assertThat(DESCRIPTION.path("paths").propertyNames())
                .allMatch(Pattern.compile("/v3/[a-z_/]+").asMatchPredicate());
    }

    private static List<JsonNode> operations() {
        return DESCRIPTION
                .path("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .toList();
    }

    private static JsonNode read() {
        // YAML forbids repeated keys, but not every parser rejects them.
        YAMLMapper strict = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return strict.readTree(Contract.class.getResourceAsStream("/openapi/desk365-v3.yaml"));
    }
}
