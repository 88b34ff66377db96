package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.model.ArticleStatus;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Articles and descriptions of which one passage changes: what the helpdesk stores, and what it costs. */
class ReplacedPassagesTest {

    private static final String UPDATE_ARTICLE = "update_a_desk_365_kb_article_by_id";
    private static final String NAME = "Till handbook";
    private static final String WRONG =
            "<p class=\"x\">Wait <b>three days</b> for the <a href='https://x.example/a?b=1&amp;c=2'>till</a>"
                    + " to be swapped.<img src=\"https://x.example/till.png\"></p>";
    private static final String RIGHT = WRONG.replace("three days", "five days");

    /** Four thousand words, one wrong sentence among them. */
    private static final String BEFORE = paragraphs(0, 200);

    private static final String AFTER = paragraphs(200, 400);

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static String paragraphs(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "<p>Step " + i + ": close till " + i + " and then go on to the next one.</p>\n")
                .collect(Collectors.joining());
    }

    private static Map<String, Object> replace(String old, String fresh) {
        return Map.of("article_name", NAME, "replace", List.of(Map.of("old", old, "new", fresh)));
    }

    @BeforeEach
    void publish() {
        store(BEFORE + WRONG + AFTER);
    }

    private static void store(String html) {
        sandbox.client()
                .knowledgeBase()
                .createArticle(
                        NAME,
                        html,
                        article -> article.category("Network & VPN")
                                .folder("Known issues")
                                .status(ArticleStatus.PUBLISHED));
        sandbox.forget();
    }

    private static String stored() {
        return String.valueOf(sandbox.client().knowledgeBase().article(NAME).articleContent());
    }

    private static int tokens(Map<String, Object> arguments, ToolResult result) {
        return Tokens.count(JsonDocument.toJson(arguments)) + Tokens.count(result.text());
    }

    @Test
    void one_sentence_of_a_long_article_is_corrected_in_three_calls_and_few_tokens() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        // The user does not remember the sentence exactly.
        Map<String, Object> guess = replace("We wait three days for the till", "We wait five days for the till");
        Map<String, Object> call = replace("Wait three days for the till", "Wait five days for the till");

        ToolResult similar = tools.call(UPDATE_ARTICLE, guess);
        assertThat(similar.text()).contains("Wait three days for the till");
        sandbox.forget();
        ToolResult preview = tools.call(UPDATE_ARTICLE, call);
        assertThat(sandbox.writes()).isEmpty();
        assertThat(sandbox.exchanges()).hasSize(1);
        assertThat(preview.text())
                .contains("Wait three days for", "Wait five days for")
                .doesNotContain("Step 100:");

        Map<String, Object> second = Map.of(
                "article_name", NAME, "approval_token", Expect.answer(preview).get("approval_token"));
        ToolResult done = tools.call(UPDATE_ARTICLE, second);
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(done.text()).contains("Wait five days for").doesNotContain("Step 100:");
        assertThat(sandbox.exchanges()).hasSize(3);
        assertThat(stored()).isEqualTo(BEFORE + RIGHT + AFTER);
        int read = tokens(guess, similar) + tokens(call, preview) + tokens(second, done);
        assertThat(read).isLessThan(1_500);
    }

    @Test
    void an_article_that_has_changed_since_the_preview_stays_as_it_is() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        ToolResult preview = tools.call(UPDATE_ARTICLE, replace("three days", "five days"));
        sandbox.client().knowledgeBase().updateArticle(NAME, changes -> changes.content(BEFORE + WRONG + "<p>New</p>"));
        sandbox.forget();

        ToolResult refused = tools.call(
                UPDATE_ARTICLE,
                Map.of(
                        "article_name",
                        NAME,
                        "approval_token",
                        Expect.answer(preview).get("approval_token")));
        assertThat(refused.errorCode()).isEqualTo("record_changed");
        assertThat(refused.text()).contains("has changed since the preview", "Nothing was changed");
        assertThat(sandbox.writes()).isEmpty();
        assertThat(stored()).isEqualTo(BEFORE + WRONG + "<p>New</p>");
    }

    @Test
    void a_person_approves_the_difference_and_a_later_change_is_noticed() {
        StringBuilder shown = new StringBuilder();
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().publish(Approval.CONFIRM))
                .confirmation((preview, context) -> {
                    shown.append(preview);
                    return true;
                }));

        assertThat(tools.call(UPDATE_ARTICLE, replace("three days", "five days"))
                        .isError())
                .isFalse();
        assertThat(shown.toString()).contains("Wait three days for", "→", "Wait five days for");
        assertThat(shown.toString().length()).isLessThan(1_000);
        assertThat(stored()).isEqualTo(BEFORE + RIGHT + AFTER);
    }

    @Test
    void what_a_person_approves_later_is_not_made_in_another_text() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().publish(Approval.CONFIRM))
                .approvalPlace("the page"));
        tools.call(UPDATE_ARTICLE, replace("three days", "five days"));
        PendingCall waiting = tools.pendingCalls().waiting().get(0);
        assertThat(waiting.text()).contains("Wait three days for", "Wait five days for");
        sandbox.client().knowledgeBase().updateArticle(NAME, changes -> changes.content("<p>Wait three days.</p>"));

        assertThat(tools.pendingCalls().approve(waiting.id(), "jane", "page").message())
                .contains("The text has changed since the preview", "Nothing was changed");
        assertThat(stored()).isEqualTo("<p>Wait three days.</p>");
    }

    @Test
    void without_approvals_it_costs_one_read_and_one_write() {
        ToolResult done = sandbox.bound(Unguarded.policy()).call(UPDATE_ARTICLE, replace("three days", "five days"));
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(sandbox.exchanges()).hasSize(2);
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(stored()).isEqualTo(BEFORE + RIGHT + AFTER);
    }

    @Test
    void where_updates_are_compared_the_passage_is_shown_beside_the_fields() {
        ToolResult done = sandbox.bound(Unguarded.policy().compareUpdates())
                .call(UPDATE_ARTICLE, ToolExamples.with(replace("three days", "five days"), "status", "draft"));

        Map<String, Object> changed = Expect.map(Expect.answer(done).get("changed"));
        assertThat(changed)
                .containsOnlyKeys("article_content", "status")
                .containsEntry("status", Map.of("from", "published", "to", "draft"));
        assertThat(String.valueOf(changed.get("article_content")))
                .contains("five days")
                .doesNotContain("Step 100:");
        assertThat(Expect.answer(done)).containsEntry("nothing_else_changed", true);
    }

    @Test
    void a_text_that_does_not_begin_with_a_tag_keeps_its_form() {
        sandbox.client()
                .knowledgeBase()
                .updateArticle(NAME, changes -> changes.content("Wait three days.<br>Then ask."));

        ToolResult done = sandbox.bound(Unguarded.policy()).call(UPDATE_ARTICLE, replace("three days", "five days"));

        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(stored()).isEqualTo("Wait five days.<br>Then ask.");
    }

    @Test
    void a_passage_that_is_not_there_once_is_refused_with_what_is_there() {
        BoundTools tools = sandbox.bound(Unguarded.policy());

        ToolResult missing = tools.call(UPDATE_ARTICLE, replace("Wait four days for the till to be swapped", "x"));
        assertThat(missing.errorCode()).isEqualTo("invalid_arguments");
        assertThat(missing.text()).contains("Nothing was changed", "Similar: \"", "Wait three days for the till");
        ToolResult repeated = tools.call(UPDATE_ARTICLE, replace("and then go on", "x"));
        assertThat(repeated.text()).contains("400 times", "Step 0: close", "more of the text around it");
        ToolResult both = tools.call(
                UPDATE_ARTICLE, ToolExamples.with(replace("three", "five"), "article_content", "<p>All</p>"));
        assertThat(both.text()).contains("leave out one of them");
        ToolResult nothing = tools.call(UPDATE_ARTICLE, Map.of("article_name", NAME, "replace", List.of()));
        assertThat(nothing.text()).contains("No field to change");
        ToolResult tags = tools.call(UPDATE_ARTICLE, replace("three days", "<b>five</b> days"));
        assertThat(tags.text()).contains("new has HTML tags");
        ToolResult second = tools.call(
                UPDATE_ARTICLE,
                Map.of(
                        "article_name",
                        NAME,
                        "replace",
                        List.of(Map.of("old", "three", "new", "five"), Map.of("old", "zebra", "new", "x"))));
        assertThat(second.text()).contains("replace[1]: The text does not have old (\"zebra\")");
        assertThat(sandbox.writes()).isEmpty();
        assertThat(stored()).isEqualTo(BEFORE + WRONG + AFTER);
    }

    @Test
    void a_read_without_an_answer_leaves_no_doubt_that_nothing_was_changed() {
        sandbox.next(Fault.loseAnswer());
        ToolResult lost = sandbox.bound(Unguarded.policy()).call(UPDATE_ARTICLE, replace("three days", "five days"));
        assertThat(lost.errorCode()).isEqualTo("no_answer");
        assertThat(lost.text()).contains("nothing was changed");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void marks_of_text_from_outside_are_not_part_of_the_passage() {
        ToolResult done = sandbox.bound(Unguarded.policy())
                .call(UPDATE_ARTICLE, replace("(*731:Wait three days:731*)", "(*731:Wait five days:731*)"));
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(stored()).isEqualTo(BEFORE + RIGHT + AFTER);
    }

    @Test
    void a_description_changes_in_the_same_way_and_its_text_stays_untrusted() {
        BoundTools tools =
                sandbox.bound(Unguarded.policy().approvals(Approvals.defaults().updates(Approval.STAGE)));
        sandbox.client().tickets().update(4052, ticket -> ticket.description("<p>It fails <i>since Monday</i>.</p>"));
        Map<String, Object> call = Map.of(
                "ticket_number",
                4052,
                "replace",
                List.of(Map.of("old", "fails since Monday", "new", "fails since 4 May")));

        ToolResult preview = tools.call(UPDATE_TICKET, call);
        assertThat(Expect.map(Expect.map(Expect.map(Expect.answer(preview).get("preview"))
                                .get("changes"))
                        .get("description")))
                .isEqualTo(Map.of("to", "fails since 4 May"));
        ToolResult done = tools.call(
                UPDATE_TICKET,
                ToolExamples.with(call, "approval_token", Expect.answer(preview).get("approval_token")));
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(sandbox.client().tickets().get(4052).description()).isEqualTo("<p>It fails <i>since 4 May</i>.</p>");

        ToolResult missing = tools.call(
                UPDATE_TICKET,
                Map.of("ticket_number", 4052, "replace", List.of(Map.of("old", "It fails since 5 May", "new", "x"))));
        assertThat(missing.text()).containsPattern("Similar: \"\\(\\*\\d{3}:It fails since 4 May");
    }

    @Test
    void callers_who_may_not_read_articles_are_not_offered_it() {
        Desk365Tools tools = Desk365Tools.with(Policy.of(Selection.everything().tools("update_kb_article")));
        assertThat(tools.definitions().get(0).inputSchema().toString()).doesNotContain("replace");
        ToolResult refused = sandbox.bound(
                        Unguarded.policy(Selection.everything().tools("update_kb_article")))
                .call(UPDATE_ARTICLE, replace("three days", "five days"));
        assertThat(refused.errorCode()).isEqualTo("invalid_arguments");
        assertThat(sandbox.exchanges()).isEmpty();
    }
}
