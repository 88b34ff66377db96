package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.DELETE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.IMPORT_CONVERSATIONS;
import static io.github.desk365mcp.tools.ToolNames.LIST_CONVERSATIONS;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What previews say beyond the arguments: earlier copies, quoted messages, articles, and what a change touches. */
class PreviewTest {

    private static final String UPDATE_ARTICLE = "update_a_desk_365_kb_article_by_id";
    private static final Map<String, Object> COPYING =
            Map.of("ticket_number", 4052, "body", "News.", "include_prev_ccs", true);
    private static final Map<String, Object> QUOTING =
            Map.of("ticket_number", 4052, "body", "News.", "include_prev_messages", true);

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static Policy policy() {
        return Policy.of(Selection.everything());
    }

    private static Map<String, Object> preview(BoundTools tools, String tool, Map<String, Object> arguments) {
        return Expect.map(Expect.answer(tools.call(tool, arguments)).get("preview"));
    }

    private static Map<String, Object> approved(Map<String, Object> arguments, ToolResult preview) {
        return with(arguments, "approval_token", Expect.answer(preview).get("approval_token"));
    }

    /** Somebody else sends a reply with a copy. */
    private static void copy(String address) {
        sandbox.bound(Unguarded.policy())
                .call(CREATE_REPLY, Map.of("ticket_number", 4052, "body", "Hello.", "cc_emails", List.of(address)));
    }

    private static List<String> lookUps() {
        return sandbox.exchanges().stream()
                .filter(exchange -> exchange.method().equals("GET"))
                .map(Exchange::path)
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList();
    }

    @Test
    void earlier_copies_are_named_and_a_later_one_is_not_mailed_under_the_same_approval() {
        copy("b@northwind.example");
        BoundTools tools = sandbox.bound(policy());
        sandbox.forget();

        ToolResult preview = tools.call(CREATE_REPLY, COPYING);
        assertThat(Expect.map(Expect.answer(preview).get("preview")))
                .containsEntry("to", List.of("nora.vance@northwind.example"))
                .containsEntry("also_to", List.of("b@northwind.example"));
        assertThat(lookUps()).containsExactly("details", "conversations");
        copy("eve@outside.example");

        ToolResult refused = tools.call(CREATE_REPLY, approved(COPYING, preview));
        assertThat(refused.errorCode()).isEqualTo("recipient_changed");
        assertThat(sandbox.writes()).hasSize(1);

        ToolResult anew = tools.call(CREATE_REPLY, COPYING);
        assertThat(Expect.map(Expect.answer(anew).get("preview")))
                .containsEntry("also_to", List.of("b@northwind.example", "eve@outside.example"));
        assertThat(tools.call(CREATE_REPLY, approved(COPYING, anew)).isError()).isFalse();
        assertThat(sandbox.writes()).hasSize(2);
    }

    @Test
    void a_person_is_asked_about_the_copies_that_are_mailed() {
        copy("b@northwind.example");
        List<String> shown = new ArrayList<>();
        BoundTools tools = sandbox.bound(policy().approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .confirmation((preview, context) -> {
                    shown.add(preview);
                    if (shown.size() == 1) {
                        copy("eve@outside.example");
                    }
                    return true;
                }));

        assertThat(tools.call(CREATE_REPLY, COPYING).errorCode()).isEqualTo("recipient_changed");
        assertThat(sandbox.writes()).hasSize(2);
        assertThat(tools.call(CREATE_REPLY, COPYING).isError()).isFalse();
        assertThat(sandbox.writes()).hasSize(3);
        assertThat(shown.get(0)).contains("also_to: b@northwind.example\n");
        assertThat(shown.get(1)).contains("also_to: b@northwind.example, eve@outside.example\n");
    }

    @Test
    void who_approves_a_pending_call_sees_everything_and_no_later_copy_is_mailed() {
        copy("b@northwind.example");
        BoundTools tools = sandbox.bound(policy().approvals(
                        Approvals.defaults().customerMail(Approval.CONFIRM).updates(Approval.CONFIRM))
                .approvalPlace("the page"));
        String body = "We are on it. ".repeat(100);
        ToolResult waiting = tools.call(CREATE_REPLY, with(COPYING, "body", body));
        ToolResult change = tools.call(
                UPDATE_TICKET, Map.of("ticket_number", 4052, "description", "<p>Shorter.</p>", "status", "Pending"));
        List<PendingCall> pending = tools.pendingCalls().waiting();

        assertThat(waiting.text()).doesNotContain(body).contains("b@northwind.example", "are not repeated here");
        assertThat(change.text()).contains("Shorter").doesNotContain("08:15 this morning");
        assertThat(pending.get(0).text()).contains(body.strip(), "also_to: b@northwind.example");
        assertThat(pending.get(1).text()).contains("08:15 this morning", "Shorter");

        copy("eve@outside.example");
        PendingCall failed = tools.pendingCalls().approve(pending.get(0).id(), "jane", "page");
        assertThat(failed.state()).isEqualTo(PendingCall.State.FAILED);
        assertThat(sandbox.writes()).hasSize(2);
    }

    @Test
    void a_message_without_a_copy_changes_no_recipient() {
        copy("b@northwind.example");
        BoundTools tools = sandbox.bound(policy());
        ToolResult preview = tools.call(CREATE_REPLY, COPYING);
        sandbox.bound(Unguarded.policy()).call(CREATE_REPLY, Map.of("ticket_number", 4052, "body", "Hello again."));

        assertThat(tools.call(CREATE_REPLY, approved(COPYING, preview)).isError())
                .isFalse();
        assertThat(sandbox.writes()).hasSize(3);
    }

    @Test
    void copies_that_cannot_be_read_are_said_to_be_unknown() {
        BoundTools tools = sandbox.bound(policy());
        sandbox.next("listConversations", Fault.answer(503, Map.of(), ""));

        ToolResult preview = tools.call(CREATE_REPLY, COPYING);

        assertThat(Expect.map(Expect.answer(preview).get("preview")))
                .containsEntry("also_to", "everyone previously in copy; who that is could not be read");
        assertThat(tools.call(CREATE_REPLY, approved(COPYING, preview)).isError())
                .isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void copies_that_cannot_be_looked_at_again_stop_the_mail_and_the_token_stays_good() {
        BoundTools tools = sandbox.bound(policy());
        ToolResult preview = tools.call(CREATE_REPLY, COPYING);
        sandbox.next("listConversations", Fault.answer(503, Map.of(), ""));

        ToolResult none = tools.call(CREATE_REPLY, approved(COPYING, preview));

        assertThat(none.errorCode()).isEqualTo("no_preview");
        assertThat(none.text()).startsWith("Nothing was sent");
        assertThat(sandbox.writes()).isEmpty();
        assertThat(tools.call(CREATE_REPLY, approved(COPYING, preview)).isError())
                .isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void copies_that_do_not_fit_into_an_answer_are_unknown_and_not_nobody() {
        for (int i = 0; i < 60; i++) {
            copy("somebody.with.a.long.name." + i + "@northwind.example");
        }
        BoundTools tools = sandbox.bound(policy().answerTokens(500));

        assertThat(preview(tools, CREATE_REPLY, COPYING))
                .containsEntry("also_to", "everyone previously in copy; who that is could not be read");
    }

    @Test
    void quoted_messages_are_counted_with_their_writers_and_the_newest_of_them() {
        ToolResult preview = sandbox.bound(policy()).call(CREATE_REPLY, QUOTING);

        Map<String, Object> quotes =
                Expect.map(Expect.map(Expect.answer(preview).get("preview")).get("quotes"));
        assertThat(quotes)
                .containsEntry("messages", 3)
                .containsEntry("by", List.of("rita.solberg@desk.example", "nora.vance@northwind.example"))
                .containsEntry("first_on", "2026-11-19T08:20:00Z")
                .containsEntry("last_on", "2026-11-19T09:48:00Z")
                .containsEntry("newest", "We are testing a fix on a till in Turin. Next update at 10:15.");
        assertThat(String.valueOf(quotes.get("note"))).contains("1 internal", "unverified");
        // The internal note is not in the preview, and what people outside may have written is marked.
        assertThat(preview.text()).doesNotContain("certificate", "credit limit");
        assertThat(Expect.map(preview.meta().get(MetaKeys.UNTRUSTED))).containsKey("preview.quotes.newest");
        assertThat(preview.text()).contains("(*" + Expect.nonce(preview) + ":We are testing a fix on a till in Turin");
        assertThat(lookUps()).containsExactly("details", "conversations");
    }

    @Test
    void one_read_shows_copies_and_quotations() {
        sandbox.bound(policy()).call(CREATE_REPLY, with(QUOTING, "include_prev_ccs", true));

        assertThat(lookUps()).containsExactly("details", "conversations");
    }

    @Test
    void quotations_are_unknown_to_a_caller_who_may_not_read_them_and_where_calls_are_few() {
        BoundTools replying = sandbox.bound(Policy.of(Selection.everything().exclude(LIST_CONVERSATIONS)));
        assertThat(preview(replying, CREATE_REPLY, QUOTING))
                .containsEntry("quotes", "the thread, which could not be read for this preview");

        BoundTools short_ = sandbox.bound(policy(), desk -> desk.plan(Plan.PLUS));
        sandbox.next(Fault.answer(200, Map.of("X-Rate-Limit-Remaining", "4"), "{\"ticket_number\": 1}"));
        short_.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", 1));
        sandbox.forget();
        ToolResult preview = short_.call(CREATE_REPLY, QUOTING);
        assertThat(Expect.map(Expect.answer(preview).get("preview")))
                .containsEntry("quotes", "the thread, which could not be read for this preview");
        assertThat(lookUps()).containsExactly("details");
    }

    @Test
    void a_preview_does_not_lock_its_own_session() {
        BoundTools tools = sandbox.bound(policy().lockWritesAfterUntrustedText());

        ToolResult preview = tools.call(CREATE_REPLY, QUOTING);

        assertThat(Expect.map(Expect.map(Expect.answer(preview).get("preview")).get("quotes")))
                .containsEntry("messages", 3)
                .doesNotContainKey("newest");
        assertThat(tools.call(CREATE_REPLY, approved(QUOTING, preview)).isError())
                .isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_preview_of_an_article_says_where_it_is_and_whether_customers_see_it() {
        BoundTools tools = sandbox.bound(policy().approvals(Approvals.defaults().creates(Approval.STAGE)));
        Map<String, Object> where =
                Map.of("category_name", "Network & VPN", "folder_name", "Known issues", "status", "published");
        String title = "Reset your password yourself";
        Map<String, Object> shown = preview(tools, UPDATE_ARTICLE, Map.of("article_name", title, "status", "draft"));

        assertThat(Expect.map(shown.get("article")))
                .containsEntry("status", "published")
                .containsKey("folder_name");
        assertThat(shown.get("changes")).isEqualTo(Map.of("status", Map.of("from", "published", "to", "draft")));
        assertThat(Expect.map(preview(tools, DELETE_ARTICLE, Map.of("article_name", title))
                        .get("article")))
                .containsEntry("status", "published")
                .containsKeys("category_name", "folder_name");
        Map<String, Object> draft = new LinkedHashMap<>(where);
        draft.put("article_name", "New");
        draft.put("article_content", "Text");
        draft.remove("status");
        assertThat(Expect.map(preview(tools, CREATE_ARTICLE, draft).get("with")))
                .containsEntry("status", "draft")
                .containsEntry("folder_name", "Known issues");
        assertThat(sandbox.writes()).isEmpty();

        sandbox.bound(Unguarded.policy()).call(CREATE_ARTICLE, draft);
        assertThat(preview(tools, UPDATE_ARTICLE, Map.of("article_name", "New", "new_article_name", "Newer")))
                .containsEntry("article", "unknown: only published articles can be read");
    }

    @Test
    void a_person_sees_old_and_new_and_a_model_sees_no_old_text_from_outside() {
        Map<String, Object> change =
                Map.of("ticket_number", 4052, "description", "<p>Shorter.</p>", "status", "Pending");
        List<String> shown = new ArrayList<>();
        sandbox.bound(policy().approvals(Approvals.defaults().updates(Approval.CONFIRM))
                        .confirmation((preview, context) -> !shown.add(preview)))
                .call(UPDATE_TICKET, change);
        ToolResult staged = sandbox.bound(
                        policy().approvals(Approvals.defaults().updates(Approval.STAGE)))
                .call(UPDATE_TICKET, change);

        assertThat(shown.get(0)).contains("status: Open → Pending", "since 08:15 this morning", "→ <p>Shorter.</p>");
        assertThat(staged.text()).contains("Shorter").doesNotContain("08:15 this morning");
        assertThat(sandbox.writes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update_a_desk_365_ticket_by_id      | 1 ticket",
                "update_a_desk_365_contract_by_id    | an unknown number of tickets",
                "update_a_desk_365_kb_category_by_id | an unknown number of folders and articles",
                "delete_a_desk_365_kb_category_by_id | an unknown number of folders and articles",
                "update_a_desk_365_kb_folder_by_id   | an unknown number of articles",
                "delete_a_desk_365_kb_folder_by_id   | an unknown number of articles",
            })
    void a_preview_says_how_much_a_change_touches_or_that_it_is_unknown(String tool, String touches) {
        BoundTools tools = sandbox.bound(policy().approvals(Approvals.defaults().updates(Approval.STAGE)));

        Map<String, Object> preview = preview(
                tools, tool, ToolExamples.smallest(io.github.desk365mcp.tools.internal.catalogue.Catalogue.get(tool)));

        assertThat(String.valueOf(preview.get("touches"))).startsWith(touches);
    }

    @Test
    void a_preview_of_a_message_does_not_say_what_a_change_touches() {
        assertThat(preview(sandbox.bound(policy()), CREATE_REPLY, COPYING)).doesNotContainKey("touches");
    }

    @Test
    void the_tickets_of_a_company_are_counted() {
        BoundTools tools = sandbox.bound(policy().approvals(Approvals.defaults().updates(Approval.STAGE)));
        Object total = Expect.answer(tools.call(
                        ToolNames.LIST_TICKETS, Map.of("company_name", List.of("Northwind"), "count_only", true)))
                .get("total");
        Map<String, Object> change = Map.of("company_name", "Northwind", "city", "Turin");

        assertThat(preview(tools, "update_a_desk_365_company_by_id", change))
                .containsEntry("touches", total + " tickets of the company");
        sandbox.next("listTickets", Fault.answer(503, Map.of(), ""));
        assertThat(preview(tools, "update_a_desk_365_company_by_id", change))
                .containsEntry("touches", "an unknown number of tickets: those of the company");
    }

    @Test
    void a_long_text_is_shown_to_the_model_by_its_ends_and_to_a_person_whole() {
        String body = "Dear Nora, " + "we are on it and will write again. ".repeat(200) + "Yours, Rita";
        Map<String, Object> reply = Map.of("ticket_number", 4052, "body", body);
        List<String> shown = new ArrayList<>();

        ToolResult staged = sandbox.bound(policy()).call(CREATE_REPLY, reply);
        sandbox.bound(policy().approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                        .confirmation((preview, context) -> !shown.add(preview)))
                .call(CREATE_REPLY, reply);

        String brief = String.valueOf(
                Expect.map(Expect.map(Expect.answer(staged).get("preview")).get("with"))
                        .get("body"));
        assertThat(brief)
                .startsWith("Dear Nora, we are on it")
                .endsWith("Yours, Rita")
                .contains("of " + body.length() + " characters are not repeated here")
                .hasSizeLessThan(600);
        assertThat(shown.get(0)).contains(body);
    }

    @Test
    void a_cut_splits_no_character() {
        for (int before = 0; before < 2; before++) {
            String body = "x".repeat(before) + "\uD83D\uDE00".repeat(1_000);
            String brief = String.valueOf(Expect.map(
                            preview(sandbox.bound(policy()), CREATE_REPLY, Map.of("ticket_number", 4052, "body", body))
                                    .get("with"))
                    .get("body"));

            assertThat(brief.codePoints()).noneMatch(letter -> letter >= 0xD800 && letter <= 0xDFFF);
        }
    }

    @Test
    void of_many_imported_messages_the_first_are_shown_and_the_rest_is_counted() {
        List<Object> messages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            messages.add(Map.of("type", "note", "body", "Message " + i + " of the old system. " + "x".repeat(200)));
        }
        Map<String, Object> preview = preview(
                sandbox.bound(policy()),
                IMPORT_CONVERSATIONS,
                Map.of("ticket_number", 4052, "conversations", messages));

        assertThat(String.valueOf(preview)).hasSizeLessThan(5_000).contains("Message 0 of", " of 100 are not repeated");
    }
}
