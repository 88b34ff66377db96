package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static List<String> names(Selection selection) {
        return Desk365Tools.select(selection).definitions().stream()
                .map(ToolDefinition::name)
                .toList();
    }

    @Test
    void read_is_every_tool_that_only_reads_and_write_every_other() {
        List<String> reading = names(Selection.everything().methods("read"));
        List<String> writing = names(Selection.everything().methods("write"));

        assertThat(reading).contains("list_all_desk_365_tickets").doesNotContainAnyElementsOf(writing);
        assertThat(writing).contains("create_a_desk_365_ticket_reply");
        assertThat(reading.size() + writing.size()).isEqualTo(Catalogue.tools().size());
    }

    @Test
    void methods_and_tags_must_both_match() {
        assertThat(names(Selection.everything().methods("create").tags("tickets")))
                .contains("create_a_desk_365_ticket")
                .doesNotContain("list_all_desk_365_tickets", "list_all_desk_365_ping");
    }

    @Test
    void a_tag_with_a_method_selects_that_method_alone() {
        assertThat(names(Selection.everything().tags("tickets.update")))
                .containsExactly("update_a_desk_365_ticket_by_id");
    }

    @Test
    void tools_are_selected_by_full_or_short_name() {
        assertThat(names(Selection.everything().tools("get_ticket", "list_all_desk_365_ping")))
                .containsExactlyInAnyOrder("get_single_desk_365_ticket_by_id", "list_all_desk_365_ping");
    }

    @Test
    void exclusion_beats_inclusion() {
        assertThat(names(Selection.everything()
                        .tools("get_ticket", "reply_to_ticket")
                        .exclude("create_a_desk_365_ticket_reply")))
                .containsExactly("get_single_desk_365_ticket_by_id");
    }

    @Test
    void read_only_beats_everything() {
        assertThat(names(Selection.everything()
                        .tools("get_ticket", "reply_to_ticket")
                        .withReadOnly()))
                .containsExactly("get_single_desk_365_ticket_by_id");
    }

    @Test
    void a_word_that_means_nothing_is_refused_with_the_nearest() {
        assertThatThrownBy(() -> names(Selection.everything().methods("reed")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean read?");
        assertThatThrownBy(() -> names(Selection.everything().tags("ticket")))
                .hasMessageContaining("did you mean tickets?");
        assertThatThrownBy(() -> names(Selection.everything().tools("get_tickets")))
                .hasMessageContaining("did you mean get_ticket?");
    }

    @Test
    void a_selection_of_nothing_is_refused_and_lists_what_would_match() {
        assertThatThrownBy(() -> names(Selection.everything().methods("delete").tags("tickets")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No tool is selected")
                .hasMessageEndingWith("Tags with tools: [knowledge_base, knowledge_base.delete]");
        assertThatThrownBy(() -> names(Selection.everything()
                        .tags("tickets.create")
                        .tools("reply_to_ticket")
                        .withReadOnly()))
                .hasMessageContaining("and only reads. Tags with tools: [")
                .hasMessageContaining("tickets.get")
                .message()
                .doesNotContain("tickets.update");
    }

    @Test
    void a_preset_is_not_widened_by_methods_or_tags() {
        for (Selection preset : List.of(Selection.heroes(), Selection.core(), Selection.triage())) {
            assertThatThrownBy(() -> preset.methods("read"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("This selection has tools already, and methods would add others to it: begin with"
                            + " Selection.everything(), choose methods and tags once, and name further tools last. To"
                            + " leave tools out, use exclude or withReadOnly");
            assertThatThrownBy(() -> preset.tags("tickets"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("This selection has tools already, and tags would add others to it");
        }
        assertThatThrownBy(() -> Selection.knowledgeBase().tags("tickets"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Selection.everything().methods("read").methods("write"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(names(Selection.knowledgeBase().methods("read")))
                .isNotEmpty()
                .isSubsetOf(names(Selection.knowledgeBase()));
    }

    @Test
    void what_is_excluded_stays_excluded() {
        Selection selection = Selection.knowledgeBase()
                .exclude("knowledge_base.delete")
                .exclude("knowledge_base.update")
                .exclude();

        assertThat(names(selection))
                .isEqualTo(names(Selection.knowledgeBase().exclude("knowledge_base.delete", "knowledge_base.update")));
        assertThat(selection.excluded()).containsExactly("knowledge_base.delete", "knowledge_base.update");
    }

    @Test
    void an_empty_array_of_names_changes_nothing() {
        String[] none = {};
        for (Selection selection : List.of(Selection.everything(), Selection.core(), Selection.knowledgeBase())) {
            assertThat(selection.methods(none).tags(none).tools(none).exclude(none))
                    .isEqualTo(selection);
        }
    }

    @Test
    void tools_are_named_in_place_of_those_named_before() {
        assertThat(names(Selection.core().tools("get_ticket"))).containsExactly("get_single_desk_365_ticket_by_id");
        assertThat(names(Selection.everything().tags("tickets.update").tools("get_ticket")))
                .containsExactlyInAnyOrder("get_single_desk_365_ticket_by_id", "update_a_desk_365_ticket_by_id");
    }

    @Test
    void selections_with_the_same_words_are_equal() {
        Selection selection = Selection.everything().methods("read").exclude("surveys");

        assertThat(selection)
                .isEqualTo(Selection.everything().methods("READ", " ").exclude("surveys"))
                .hasSameHashCodeAs(Selection.everything().methods("read").exclude("surveys"))
                .isNotEqualTo(Selection.everything().methods("read"))
                .isNotEqualTo(selection.withReadOnly())
                .asString()
                .contains("methods=[read]", "excluded=[surveys]", "onlyReads=false");
    }

    @Test
    void an_excluded_word_that_means_nothing_is_refused() {
        assertThatThrownBy(() -> names(Selection.everything().exclude("reply_to_tickets")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unknown tool or tag reply_to_tickets; did you mean reply_to_ticket?");
        assertThatThrownBy(() -> names(Selection.everything().methods("everything at all")))
                .hasMessageContaining("known are")
                .hasMessageContaining("read");
        assertThatThrownBy(() -> names(Selection.everything().exclude("everything at all")))
                .hasMessage("Unknown tool or tag everything at all");
    }

    @Test
    void an_old_name_is_called_under_the_rules_of_its_tool_and_never_listed() {
        Desk365Client desk =
                Desk365Client.builder().subdomain("acme").apiKey("a-test-key").build();
        BoundTools tools = Desk365Tools.select(Selection.everything().tags("tickets"))
                .alsoKnownAs("fetch_ticket", "get_ticket")
                .alsoKnownAs("fetch_contact", "get_single_desk_365_contact_by_id")
                .bind(desk);
        Map<String, Object> wrong = Map.of("no such argument", 1);

        assertThat(tools.call("fetch_ticket", wrong).text()).contains("this tool takes ticket_number");
        assertThatThrownBy(() -> tools.call("fetch_contact", wrong)).isInstanceOf(UnknownToolException.class);
        assertThatThrownBy(() -> tools.call(
                        "fetch_ticket",
                        wrong,
                        CallContext.none().scope(Selection.everything().exclude("get_ticket"))))
                .isInstanceOf(UnknownToolException.class);
        assertThat(tools.definitions()).extracting(ToolDefinition::name).doesNotContain("fetch_ticket");
    }

    @Test
    void an_old_name_that_means_something_else_already_is_refused() {
        Desk365Tools tools = Desk365Tools.all().alsoKnownAs("fetch_ticket", "get_ticket");

        for (String taken : List.of("fetch_ticket", "get_contact", "list_all_desk_365_tickets")) {
            assertThatThrownBy(() -> tools.alsoKnownAs(taken, "get_ticket"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(taken);
        }
        assertThatThrownBy(() -> tools.alsoKnownAs("read_ticket", "no_such_tool"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no_such_tool");
    }

    @Test
    void identifiers_name_only_tools_that_the_selection_has() {
        ToolDefinition alone = Desk365Tools.select(Selection.everything().tools("get_ticket"))
                .definitions()
                .get(0);

        assertThat(alone.toJson()).doesNotContain("list_all_desk_365_tickets");
    }
}
