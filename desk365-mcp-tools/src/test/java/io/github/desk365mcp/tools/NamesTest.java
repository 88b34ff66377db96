package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.smallest;
import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE_WITH_FILES;
import static io.github.desk365mcp.tools.ToolNames.LIST_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.AttachmentResolver;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.text.NameForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that look the same are the same, and the service gets the form in which it wrote them. */
class NamesTest {

    private static final String NAME = "Wingtip & S\u00F6hne";

    /** What looks like {@link #NAME}. */
    private static final List<String> ALIKE = List.of(
            "Wingtip & So\u0308hne",
            "Wingtip\u00A0&\u202FSo\u0308hne",
            "Wingtip  &\tS\u00F6hne",
            "  Wingtip & S\u00F6hne ",
            "Wingtip &amp; S\u00F6hne",
            "Wingtip &#38; S&ouml;hne",
            "Wingtip &#x26; S&#246;hne\u3000");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static BoundTools tools() {
        return sandbox.bound(Unguarded.policy());
    }

    private static Exchange last() {
        return sandbox.exchanges().get(sandbox.exchanges().size() - 1);
    }

    private static String sent() {
        return last().query() + last().text();
    }

    static Stream<Arguments> identifiers() {
        return Stream.of(
                Arguments.of("get_single_desk_365_company_by_id", "company_name"),
                Arguments.of("update_a_desk_365_company_by_id", "company_name"),
                Arguments.of("list_all_desk_365_contacts", "company_name"),
                Arguments.of("list_all_desk_365_time_entries", "company_name"),
                Arguments.of("list_all_desk_365_contracts", "company_name"),
                Arguments.of("list_all_desk_365_contracts", "contract_category"),
                Arguments.of("get_single_desk_365_contract_by_id", "contract_name"),
                Arguments.of("get_single_desk_365_kb_article_by_id", "article_name"),
                Arguments.of("get_single_desk_365_kb_category_by_id", "category_name"),
                Arguments.of("get_single_desk_365_kb_folder_by_id", "folder_name"),
                Arguments.of("get_single_desk_365_asset_location_by_id", "location_name"),
                Arguments.of("get_single_desk_365_survey_by_id", "survey_name"),
                Arguments.of(LIST_TICKETS, "group"),
                Arguments.of(LIST_TICKETS, "category"),
                Arguments.of(LIST_TICKETS, "company_name"),
                Arguments.of("create_a_desk_365_ticket", "group"),
                Arguments.of("create_a_desk_365_company", "company_name"),
                Arguments.of("create_a_desk_365_contact", "name"),
                Arguments.of("create_a_desk_365_contact", "company_name"),
                Arguments.of("create_a_desk_365_kb_category", "category_name"),
                Arguments.of("create_a_desk_365_kb_folder", "folder_name"),
                Arguments.of("create_a_desk_365_kb_article", "article_name"),
                Arguments.of("create_a_desk_365_asset_location", "location_name"));
    }

    @ParameterizedTest
    @MethodSource("identifiers")
    void a_name_is_sent_composed_with_single_blanks_and_that_is_said(String tool, String argument) {
        for (String alike : ALIKE) {
            sandbox.forget();

            ToolResult result = tools().call(tool, with(smallest(Catalogue.get(tool)), argument, alike));

            assertThat(sandbox.exchanges()).as(alike + ": " + result.text()).isNotEmpty();
            assertThat(sent()).as(alike).contains(NAME);
            assertThat(String.valueOf(result.meta().get(MetaKeys.REPAIRS))).contains(argument + " was read as");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Wingtip & So\u0308hne",
                "Wingtip  &  S\u00F6hne",
                "Wingtip\u00A0& S\u00F6hne",
                "Wingtip &amp; S\u00F6hne"
            })
    void a_name_that_the_service_wrote_in_another_form_is_sent_in_that_form(String odd) {
        BoundTools tools = tools();
        sandbox.next(companies(odd));
        tools.call("list_all_desk_365_companies", Map.of());

        for (String written : Stream.concat(
                        ALIKE.stream(), Stream.of(NAME, odd, "WINGTIP & S\u00F6HNE".replace("\u00D6", "\u00F6")))
                .toList()) {
            tools.call("get_single_desk_365_company_by_id", Map.of("company_name", written));

            assertThat(last().query().get("name")).as(written).containsExactly(odd);
        }
    }

    @Test
    void of_two_names_that_look_the_same_each_is_found_by_its_own_form() {
        BoundTools tools = tools();
        String odd = ALIKE.get(0);
        sandbox.next(companies(odd, NAME));
        tools.call("list_all_desk_365_companies", Map.of());

        for (String written : List.of(odd, NAME)) {
            tools.call("get_single_desk_365_company_by_id", Map.of("company_name", written));
            assertThat(last().query().get("name")).containsExactly(written);
        }
    }

    private static Fault companies(String... names) {
        StringBuilder rows = new StringBuilder();
        for (String name : names) {
            rows.append(rows.length() == 0 ? "" : ",")
                    .append("{\"name\":\"")
                    .append(name)
                    .append("\"}");
        }
        return Fault.replaceAnswer(
                200,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                "{\"count\":" + names.length + ",\"content\":[" + rows + "]}");
    }

    @Test
    void a_record_whose_name_the_service_writes_decomposed_is_the_one_that_was_asked_for() {
        sandbox.next(Fault.replaceAnswer(
                200, Map.of("Content-Type", "application/json"), "{\"name\":\"Wingtip & So\u0308hne\"}"));

        ToolResult result = tools().call("get_single_desk_365_company_by_id", Map.of("company_name", NAME));

        assertThat(result.isError()).as(result.text()).isFalse();
    }

    @Test
    void rows_with_a_name_in_another_form_match_the_filter() {
        sandbox.next(
                Fault.replaceAnswer(
                        200,
                        Map.of("Content-Type", "application/json"),
                        "{\"count\":1,\"tickets\":[{\"ticket_number\":7,\"status\":\"Open\",\"company_name\":\"Wingtip  & So\u0308hne\"}]}"));

        ToolResult result = tools().call(LIST_TICKETS, Map.of("company_name", List.of(NAME)));

        assertThat(result.text()).contains("\"ticket_number\":7").doesNotContain("did not filter");
    }

    @ParameterizedTest
    @EnumSource(
            value = VocabularyKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AGENT", "CONTACT"})
    void every_kind_of_name_is_compared_so(VocabularyKind kind) {
        AccountVocabulary words = new AccountVocabulary(Vocabulary.none());
        assertThat(ALIKE)
                .allSatisfy(alike -> assertThat(words.repair(kind, alike)).isEqualTo(NAME));
        words.saw(kind, NAME);
        assertThat(ALIKE).allSatisfy(alike -> {
            assertThat(words.repair(kind, alike)).isEqualTo(NAME);
            assertThat(words.repair(kind, List.of(alike))).isEqualTo(List.of(NAME));
            assertThat(words.repair(kind, Map.of(alike, 1))).isEqualTo(Map.of(NAME, 1));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Kelvin \u212A  | Kelvin \u212A",
                "&copy 2024     | &copy 2024",
                "&nosuch; name  | &nosuch; name",
                "&amp;amp;      | &amp;",
                "Ｆｕｌｌ       | Ｆｕｌｌ",
                "x\u0303        | x\u0303"
            })
    void letters_are_not_replaced_by_others(String name, String form) {
        assertThat(NameForm.of(name)).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ma\u0308rz.pdf            | M\u00E4rz.pdf",
                "Report\u00A02026.pdf       | Report 2026.pdf",
                "Terms &amp; Prices.pdf     | Terms & Prices.pdf"
            })
    void the_name_of_a_file_is_sent_composed(String name, String form) {
        ToolResult result =
                sandbox.bound(Unguarded.policy()).call(CREATE_NOTE_WITH_FILES, TestFiles.message("data:,x", name));

        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(last().parts())
                .anySatisfy(part -> assertThat(part.fileName()).isEqualTo(form));
        assertThat(String.valueOf(result.meta().get(MetaKeys.REPAIRS))).contains("file_name was read as");
    }

    @Test
    void a_file_in_a_folder_is_found_by_a_name_that_looks_the_same(@TempDir Path root) throws IOException {
        Path folder = Files.createDirectories(root.resolve("Ja\u0308nner  2026"));
        Files.writeString(folder.resolve("Ma\u0308rz &amp; Mai.txt"), "x");
        Files.createDirectories(root.resolve("twice"));
        Files.writeString(root.resolve("twice/a  b.txt"), "x");
        Files.writeString(root.resolve("twice/a\u00A0b.txt"), "x");
        BoundTools tools = sandbox.bound(Unguarded.policy().attachments(AttachmentResolver.files(root)));

        assertThat(tools.call(
                                CREATE_NOTE_WITH_FILES,
                                TestFiles.message("J\u00E4nner 2026/M\u00E4rz & Mai.txt", "a.txt"))
                        .isError())
                .isFalse();
        assertThat(tools.call(CREATE_NOTE_WITH_FILES, TestFiles.message("twice/a b.txt", "a.txt"))
                        .isError())
                .isTrue();
    }
}
