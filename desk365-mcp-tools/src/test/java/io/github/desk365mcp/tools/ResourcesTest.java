package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ResultForm;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolSettings;
import io.github.desk365mcp.tools.host.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, prompts and completions as plain data. */
class ResourcesTest {

    private static final String TICKET = "desk365://ticket/{ticket_number}";
    private static final CallContext ANN = CallContext.none().caller("ann");
    private static final CallContext READER =
            ANN.scope(Selection.everything().methods("read").tags("knowledge_base"));

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final List<AuditRecord> audit = new ArrayList<>();
    private final BoundTools tools =
            sandbox.bound(Policy.of(Selection.everything()).audit(audit::add));

    // Resources.

    @ParameterizedTest
    @CsvSource({
        "desk365://ticket/4052, get_single_desk_365_ticket_by_id, ticket_number, 4052",
        "desk365://ticket/4052/conversation, list_all_desk_365_ticket_conversations, ticket_number, 4052",
        "desk365://contact/nora.vance%40northwind.example, get_single_desk_365_contact_by_id, primary_email, nora.vance@northwind.example",
    })
    void a_resource_has_the_text_of_its_tool(String uri, String tool, String argument, String value) {
        ToolResult read = tools.readResource(uri, ANN);
        ToolResult called =
                tools.call(tool, Map.of(argument, value.matches("\\d+") ? Integer.valueOf(value) : value), ANN);

        assertThat(unmarked(read.text())).isEqualTo(unmarked(called.text()));
        assertThat(audit).extracting(AuditRecord::tool).containsExactly(tool, tool);
        assertThat(audit).extracting(AuditRecord::caller).containsOnly("ann");
    }

    /** The numbers of marks are random. */
    private static String unmarked(String text) {
        Matcher number = Pattern.compile("\\(\\*(\\d+):").matcher(text);
        return number.find() ? text.replace(number.group(1), "0") : text;
    }

    @Test
    void names_with_blanks_and_slashes_are_percent_encoded() {
        String company = "North/South & Söhne";
        tools.call("create_a_desk_365_company", Map.of("company_name", company));

        ToolResult read = tools.readResource("desk365://company/North%2FSouth%20%26%20S%C3%B6hne", CallContext.none());

        assertThat(read.isError()).as(read.text()).isFalse();
        assertThat(read.structuredContent()).containsEntry("company_name", company);
        assertThat(read.toResource("desk365://company/x"))
                .containsEntry(
                        "contents",
                        List.of(Map.of(
                                "uri", "desk365://company/x", "mimeType", "application/json", "text", read.text())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "desk365://ticket/",
                "desk365://ticket/4052/notes",
                "desk365://ticket/4052?x=1",
                "desk365://contact/%zz",
                "desk365://kb/a/b",
                "https://acme.desk365.io/ticket/4052",
                ""
            })
    void an_uri_that_fits_no_template_is_not_found_and_nothing_is_sent(String uri) {
        ToolResult read = tools.readResource(uri, ANN);

        assertThat(read.errorCode()).isEqualTo(ErrorCodes.NOT_FOUND);
        assertThat(read.text()).startsWith("Unknown resource: ").contains(TICKET);
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_record_that_does_not_exist_is_not_found_with_the_sentence_of_the_tool() {
        ToolResult read = tools.readResource("desk365://ticket/999999", ANN);

        assertThat(read.errorCode()).isEqualTo(ErrorCodes.NOT_FOUND);
        assertThat(unmarked(read.text()))
                .isEqualTo(unmarked(tools.call(ToolNames.GET_TICKET, Map.of("ticket_number", 999_999), ANN)
                        .text()));
    }

    @Test
    void a_contractor_sees_and_reads_only_the_resources_of_its_tools() {
        assertThat(tools.allResourceTemplates())
                .hasSize(5)
                .isEqualTo(tools.resourceTemplates(ANN))
                .first()
                .isEqualTo(Map.of(
                        "uriTemplate",
                        TICKET,
                        "name",
                        "ticket",
                        "title",
                        "Ticket",
                        "description",
                        "A ticket, without its conversation.",
                        "mimeType",
                        "application/json"));
        assertThat(tools.resourceTemplates(READER))
                .extracting(template -> template.get("uriTemplate"))
                .containsExactly("desk365://kb/{article_name}");

        ToolResult refused = tools.readResource("desk365://ticket/4052", READER);

        assertThat(refused.text())
                .isEqualTo(
                        "Unknown resource: \"desk365://ticket/4052\". Resources are desk365://kb/{article_name}, with"
                                + " percent-encoded values.");
        assertThat(refused.errorCode()).isEqualTo(ErrorCodes.NOT_FOUND);
        assertThat(audit).singleElement().satisfies(record -> {
            assertThat(record.caller()).isEqualTo("ann");
            assertThat(record.outcome()).isEqualTo("unknown_tool");
        });
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_tool_that_needs_approval_or_has_a_fixed_argument_reads_no_resources() {
        BoundTools narrow = sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().tool(ToolNames.GET_TICKET, Approval.STAGE))
                .tool("get_single_desk_365_company_by_id", ToolSettings.none().fixed("company_name", "Acme")));

        assertThat(narrow.allResourceTemplates())
                .extracting(template -> template.get("name"))
                .containsExactly("ticket_conversation", "contact", "kb_article");
        assertThat(narrow.readResource("desk365://ticket/4052", ANN).errorCode())
                .isEqualTo(ErrorCodes.NOT_FOUND);
    }

    @Test
    void an_unknown_caller_sees_nothing() {
        BoundTools closed = sandbox.bound(Policy.of(Selection.everything())
                .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash("s3cret"), "ann"))));

        assertThatThrownBy(() -> closed.resourceTemplates(ANN)).isInstanceOf(AccessRefusedException.class);
        assertThatThrownBy(() -> closed.prompts(ANN)).isInstanceOf(AccessRefusedException.class);
        assertThatThrownBy(() -> closed.prompt("triage", Map.of(), ANN)).isInstanceOf(AccessRefusedException.class);
        assertThat(closed.readResource("desk365://ticket/4052", ANN).errorCode())
                .isEqualTo(ErrorCodes.UNAUTHENTICATED);
        assertThat(closed.readResource("desk365://x", ANN).text()).isEqualTo("Unknown resource: \"desk365://x\".");
        assertThat(closed.complete("triage", "group", "", ANN)).containsEntry("total", 0);
    }

    @Test
    void with_summaries_a_resource_is_plain_text() {
        BoundTools brief = sandbox.bound(Policy.of(Selection.everything()).results(ResultForm.SUMMARY));

        assertThat(brief.allResourceTemplates())
                .extracting(template -> template.get("mimeType"))
                .containsOnly("text/plain");
        assertThat(brief.readResource("desk365://ticket/4052", ANN)
                        .toResource("x")
                        .toString())
                .contains("mimeType=text/plain");
    }

    // Prompts.

    @Test
    void every_prompt_has_a_text_that_names_listed_tools() {
        assertThat(tools.prompts(ANN))
                .isEqualTo(tools.allPrompts())
                .extracting(prompt -> prompt.get("name"))
                .containsExactly("triage", "draft_reply", "summarize_thread", "weekly_report", "article_from_ticket");
        List<String> names =
                tools.allDefinitions().stream().map(ToolDefinition::name).toList();
        for (String name :
                List.of("triage", "draft_reply", "summarize_thread", "weekly_report", "article_from_ticket")) {
            String text = text(
                    tools,
                    name,
                    name.equals("triage") || name.equals("weekly_report")
                            ? Map.of()
                            : Map.of("ticket_number", "#4052"));

            assertThat(Pattern.compile("\\w*desk_365\\w*").matcher(text).results())
                    .isNotEmpty()
                    .allSatisfy(tool -> assertThat(names).contains(tool.group()));
            assertThat(text).doesNotContain("{", "#");
        }
        assertThat(sandbox.exchanges()).isEmpty();
    }

    private static String text(BoundTools tools, String name, Map<String, ?> arguments) {
        return text(tools.prompt(name, arguments, ANN));
    }

    private static String text(Map<String, Object> prompt) {
        Map<String, Object> message =
                Expect.map(Expect.list(prompt.get("messages")).get(0));
        assertThat(message.get("role")).isEqualTo("user");
        return String.valueOf(Expect.map(message.get("content")).get("text"));
    }

    @Test
    void a_prompt_names_tools_as_they_are_listed_and_none_that_the_caller_does_not_have() {
        BoundTools brief = Desk365Tools.select(Selection.everything().methods("read"))
                .named(Naming.SHORT)
                .bind(sandbox.client());

        assertThat(brief.prompts(ANN))
                .extracting(prompt -> prompt.get("name"))
                .containsExactly("triage", "draft_reply", "summarize_thread", "weekly_report");
        assertThat(text(brief, "draft_reply", Map.of("ticket_number", "4052")))
                .contains("Call get_ticket_context with ticket_number 4052.", "send nothing before I agree")
                .doesNotContain("desk_365", "create_");
        assertThat(tools.prompts(READER)).isEmpty();
        assertThatThrownBy(() -> tools.prompt("triage", Map.of(), READER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown prompt: \"triage\"");
    }

    @Test
    void a_line_about_an_argument_is_there_only_with_the_argument() {
        assertThat(text(tools, "triage", Map.of("group", "IT $1 \\ {status}\nIgnore this")))
                .contains("Add group [\"IT $1 \\ {status} Ignore this\"] to that call.");
        assertThat(text(tools, "triage", Map.of("group", " "))).doesNotContain("Add group");
        assertThat(text(tools, "weekly_report", Map.of("week_start", "2026-11-16")))
                .contains("The week is the seven days from 2026-11-16.")
                .doesNotContain("last seven days", "{");
        assertThat(text(tools, "weekly_report", Map.of()))
                .contains("\nThe week is the last seven days.")
                .doesNotContain("seven days from", "{");
    }

    @Test
    void a_wrong_argument_of_a_prompt_is_refused_with_a_sentence() {
        assertRefused("draft_reply", Map.of(), "The prompt draft_reply needs ticket_number: The ticket's number");
        assertRefused("draft_reply", Map.of("ticket_number", "12; x"), "ticket_number must be a ticket's number");
        assertRefused("triage", Map.of("groups", "IT"), "The prompt triage has no argument \"groups\"; it has group");
        assertRefused("triage", Map.of("group", 5), "group must be a text of at most 1000 characters");
    }

    private void assertRefused(String prompt, Map<String, ?> arguments, String sentence) {
        assertThatThrownBy(() -> tools.prompt(prompt, arguments, ANN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }

    // Completions.

    @Test
    void words_seen_in_answers_complete_arguments_for_callers_with_such_tools() {
        assertThat(tools.complete("triage", "group", "", ANN)).containsEntry("total", 0);
        tools.call("list_all_desk_365_tickets", Map.of("ticket_count", 100));
        tools.call("list_all_desk_365_kb_articles", Map.of());
        int sent = sandbox.exchanges().size();

        List<Object> groups = values(tools, "triage", "group", "", ANN);
        assertThat(groups).hasSizeGreaterThan(1);
        String one = String.valueOf(groups.get(0));
        assertThat(values(tools, "weekly_report", "group", one.substring(0, 2).toUpperCase(Locale.ROOT), ANN))
                .contains(one);
        assertThat(values(tools, "desk365://kb/{article_name}", "article_name", "", READER))
                .isNotEmpty();
        assertThat(values(tools, "triage", "group", "", READER)).isEmpty();
        assertThat(values(tools, "desk365://contact/{primary_email}", "primary_email", "", ANN))
                .as("anybody can write from an address that looks like the right one")
                .isEmpty();
        assertThat(sandbox.exchanges()).hasSize(sent);
    }

    private static List<Object> values(
            BoundTools tools, String of, String argument, String begun, CallContext context) {
        return Expect.list(tools.complete(of, argument, begun, context).get("values"));
    }

    @Test
    void the_vocabulary_completes_at_most_a_hundred_values_and_the_operator_narrows_them() {
        String[] groups =
                IntStream.range(0, 120).mapToObj(i -> "Group %03d".formatted(i)).toArray(String[]::new);
        BoundTools many = sandbox.bound(
                Policy.of(Selection.everything()).vocabulary(Vocabulary.none().groups(groups)));
        BoundTools narrow = sandbox.bound(Policy.of(Selection.everything())
                .vocabulary(Vocabulary.none().groups(groups))
                .tool("list_all_desk_365_tickets", ToolSettings.none().allowed("group", "Group 007")));

        Map<String, Object> all = many.complete("triage", "group", "group", ANN);

        assertThat((List<?>) all.get("values")).hasSize(100).first().isEqualTo("Group 000");
        assertThat(all).containsEntry("total", 120).containsEntry("hasMore", true);
        assertThat(many.complete("triage", "group", "group 11", ANN))
                .containsEntry("total", 10)
                .containsEntry("hasMore", false);
        assertThat(values(narrow, "triage", "group", "", ANN)).isEqualTo(List.of("Group 007"));
    }

    @Test
    void words_of_one_tenant_are_not_for_another() {
        BoundTools many = Desk365Tools.with(Policy.of(Selection.everything()).hosts("127.0.0.1"))
                .bind(context -> context.tenant() == null
                        ? null
                        : Tenant.of(context.tenant(), sandbox.baseUrl(), sandbox.apiKey()));
        CallContext acme = ANN.tenant("acme");
        CallContext granted = CallContext.none()
                .grant(many.grants()
                        .issue(ToolGrant.of("north", Selection.everything()).tenant("north"))
                        .grant());
        many.call("list_all_desk_365_tickets", Map.of("ticket_count", 100), acme);

        assertThat(values(many, "triage", "group", "", acme)).isNotEmpty();
        assertThat(values(many, "triage", "group", "", ANN.tenant("north"))).isEmpty();
        assertThat(values(many, "triage", "group", "", ANN)).isEmpty();
        assertThat(values(many, "triage", "group", "", granted.tenant("acme"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"triage, x", "unknown, group", "desk365://ticket/{ticket_number}, ticket_number", "draft_reply, points"
    })
    void an_argument_without_known_words_has_no_completions(String of, String argument) {
        assertThat(tools.complete(of, argument, "", ANN))
                .isEqualTo(Map.of("values", List.of(), "total", 0, "hasMore", false));
    }
}
