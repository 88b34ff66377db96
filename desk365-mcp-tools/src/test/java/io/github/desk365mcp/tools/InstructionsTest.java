package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import org.junit.jupiter.api.Test;

class InstructionsTest {

    private static final Policy EVERYTHING = Policy.of(Selection.everything());

    @Test
    void tools_that_only_read_say_nothing_about_approvals_or_replies() {
        assertThat(instructions(Policy.of(Selection.readOnly())))
                .contains("tickets", "contacts", "filter instead")
                .doesNotContain("approval", "Replies", "preview");
    }

    @Test
    void approvals_are_explained_where_a_call_is_staged() {
        Approvals confirmed = Approvals.defaults()
                .customerMail(Approval.CONFIRM)
                .publish(Approval.DENY)
                .deletes(Approval.ALLOW);

        assertThat(instructions(EVERYTHING))
                .contains("Replies and public notes")
                .contains(
                        "These need approval: mail to people outside, changes of the knowledge base that readers see and"
                                + " deletions. The first call does nothing; show its preview to your user.");
        assertThat(instructions(EVERYTHING.approvals(confirmed))).doesNotContain("approval");
    }

    @Test
    void what_the_policy_does_not_stage_is_not_named_and_what_it_stages_by_name_is() {
        Approvals approvals = Approvals.defaults()
                .customerMail(Approval.ALLOW)
                .publish(Approval.ALLOW)
                .tool("update_a_desk_365_ticket_by_id", Approval.STAGE);
        Selection some = Selection.everything().tools("update_ticket", "get_ticket", "delete_kb_article");

        String text = Desk365Tools.with(Policy.of(some).approvals(approvals))
                .named(Naming.SHORT)
                .bind(Desk365Client.connect("acme", "a-test-key"))
                .instructions();

        assertThat(text).contains("These need approval: deletions and update_ticket.");
    }

    @Test
    void only_resources_that_have_tools_are_named() {
        assertThat(instructions(Policy.of(Selection.knowledgeBase())))
                .startsWith("Desk365 is a helpdesk: a knowledge base.")
                .doesNotContain("ticket and", "contacts", "customer");
    }

    private static String instructions(Policy policy) {
        return Desk365Tools.with(policy)
                .bind(Desk365Client.connect("acme", "a-test-key"))
                .instructions();
    }
}
