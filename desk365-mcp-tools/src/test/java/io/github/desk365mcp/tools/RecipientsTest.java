package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.ToolSettings;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who is reached by each argument of each tool that writes: by mail now or later, or by what customers see in the
 * knowledge base. A new argument or tool fails here until somebody has decided.
 */
class RecipientsTest {

    private static final String OUTSIDE = "eve@outside.example";
    private static final String AGENT = "tom.becker@desk.example";

    /** Who may be reached by an argument. */
    private enum Reached {
        /** Whoever is named, so a call with it is mail. */
        ANYBODY,
        /** Whoever is named, so a call with it is mail unless it is surely an agent. */
        OUTSIDERS,
        /** A call of this tool is mail in any case; a preview names the person. */
        SAID,
        /** Customers who read the knowledge base, so a call with it is publish. */
        READERS,
        /** It names a person who gets no mail that others would not, as the reason says. */
        NOBODY
    }

    /** Who may be reached by a call of a tool that has none of the arguments that reach somebody. */
    private static final Map<String, Reached> TOOLS = tools();

    private static Map<String, Reached> tools() {
        Map<String, Reached> all = new LinkedHashMap<>();
        for (String mails : List.of(
                "create_a_desk_365_ticket_reply",
                "desk_365_ticket_replies_create_with_attachment",
                "desk_365_tickets_import_conversations")) {
            all.put(mails, Reached.SAID);
        }
        for (String publishes : List.of(
                // Drafts cannot be read, so a call that does not publish cannot be told from one that does.
                "update_a_desk_365_kb_article_by_id",
                // Unless it is hidden: then its name is seen by agents alone.
                "create_a_desk_365_kb_category",
                "create_a_desk_365_kb_folder",
                // A folder takes its articles to a category that others may see.
                "update_a_desk_365_kb_folder_by_id")) {
            all.put(publishes, Reached.READERS);
        }
        for (String reachesNobody : List.of(
                // The contact of a new ticket: the service may send an acknowledgement, which is unverified. Staging it
                // would stage the commonest call of all, whose recipient is the person that it is for.
                "create_a_desk_365_ticket",
                "desk_365_tickets_create_with_attachment",
                UPDATE_TICKET,
                UPDATE_TICKETS,
                CREATE_NOTE,
                "desk_365_ticket_notes_create_with_attachment",
                "create_a_desk_365_contact",
                "desk_365_contacts_create_with_attachment",
                "update_a_desk_365_contact_by_id",
                "create_a_desk_365_company",
                "desk_365_companies_create_with_attachment",
                "update_a_desk_365_company_by_id",
                "create_a_desk_365_time_entry",
                "create_a_desk_365_contract",
                "update_a_desk_365_contract_by_id",
                "create_a_desk_365_asset_location",
                "update_a_desk_365_asset_location_by_id",
                // Of agents' settings alone.
                "update_a_desk_365_kb_category_by_id",
                // A draft.
                "create_a_desk_365_kb_article",
                // Staged as deletions.
                "delete_a_desk_365_kb_category_by_id",
                "delete_a_desk_365_kb_folder_by_id",
                "delete_a_desk_365_kb_article_by_id")) {
            all.put(reachesNobody, Reached.NOBODY);
        }
        return all;
    }

    /** Each argument that can name a person or an address, in each tool that has it. */
    private static final Map<String, Reached> DECISIONS = decisions();

    private static Map<String, Reached> decisions() {
        Map<String, Reached> all = new LinkedHashMap<>();
        for (String tool : List.of("create_a_desk_365_ticket", "desk_365_tickets_create_with_attachment")) {
            // A new ticket is for its contact; what was there before goes to nobody else.
            all.put(tool + " contact_email", Reached.NOBODY);
            // The service assigns tickets to agents alone.
            all.put(tool + " assigned_to", Reached.NOBODY);
            all.put(tool + " watchers", Reached.OUTSIDERS);
            all.put(tool + " share_to", Reached.ANYBODY);
        }
        all.put(UPDATE_TICKET + " contact_email", Reached.ANYBODY);
        all.put(UPDATE_TICKET + " add_watchers", Reached.OUTSIDERS);
        all.put(UPDATE_TICKET + " add_share_to", Reached.ANYBODY);
        // These let nobody in.
        all.put(UPDATE_TICKET + " remove_watchers", Reached.NOBODY);
        all.put(UPDATE_TICKET + " remove_share_to", Reached.NOBODY);
        all.put(UPDATE_TICKET + " assigned_to", Reached.NOBODY);
        all.put(UPDATE_TICKETS + " assigned_to", Reached.NOBODY);
        for (String tool :
                List.of("create_a_desk_365_ticket_reply", "desk_365_ticket_replies_create_with_attachment")) {
            all.put(tool + " cc_emails", Reached.SAID);
            all.put(tool + " bcc_emails", Reached.SAID);
            all.put(tool + " include_prev_ccs", Reached.SAID);
            all.put(tool + " from_email", Reached.SAID);
            // The agent to credit.
            all.put(tool + " agent_email", Reached.NOBODY);
        }
        for (String tool : List.of(CREATE_NOTE, "desk_365_ticket_notes_create_with_attachment")) {
            all.put(tool + " notify_emails", Reached.OUTSIDERS);
            all.put(tool + " private", Reached.ANYBODY);
            all.put(tool + " agent_email", Reached.NOBODY);
        }
        all.put("desk_365_tickets_import_conversations conversations", Reached.SAID);
        for (String tool : List.of("create_a_desk_365_contact", "desk_365_contacts_create_with_attachment")) {
            // A contact of its own, who has no tickets yet.
            all.put(tool + " primary_email", Reached.NOBODY);
            // Who writes from these is answered at the contact's main address.
            all.put(tool + " secondary_emails", Reached.ANYBODY);
        }
        // Which record is meant.
        all.put("update_a_desk_365_contact_by_id primary_email", Reached.NOBODY);
        // Whom to credit.
        all.put("create_a_desk_365_time_entry agent_email", Reached.NOBODY);
        all.put("create_a_desk_365_kb_category created_by_email", Reached.NOBODY);
        all.put("create_a_desk_365_kb_folder created_by_email", Reached.NOBODY);
        all.put("create_a_desk_365_kb_article created_by_email", Reached.NOBODY);
        all.put("create_a_desk_365_kb_article status", Reached.READERS);
        for (String seen :
                List.of("new_category_name", "category_description", "support_portal_visibility", "company_list")) {
            all.put("update_a_desk_365_kb_category_by_id " + seen, Reached.READERS);
        }
        // Whom to ask at a place: the service mails nobody about places.
        all.put("create_a_desk_365_asset_location contact_email", Reached.NOBODY);
        all.put("update_a_desk_365_asset_location_by_id contact_email", Reached.NOBODY);
        return all;
    }

    /** Arguments of tools that write which name no person and no address, in any tool that has them. */
    private static final Set<String> IMPERSONAL = Set.of(
            // of tickets and messages
            "ticket_number",
            "ticket_numbers",
            "subject",
            "description",
            "body",
            "attachments",
            "status",
            "priority",
            "type",
            "group",
            "category",
            "subcategory",
            "form_name",
            "custom_fields",
            "plain_text",
            "sla",
            "clear",
            "include_prev_messages",
            // of contacts and companies
            "name",
            "title",
            "mobile",
            "phone",
            "company_name",
            "new_company_name",
            "address",
            "city",
            "state",
            "country",
            "zipcode",
            "domains",
            // of time and contracts
            "time_spent_in_minutes",
            "note",
            "billable",
            "start_time",
            "additional_info",
            "contract_name",
            "new_contract_name",
            "reference_number",
            "new_reference_number",
            "start_date",
            "end_date",
            "contract_hours",
            "contract_tickets",
            "min_increment",
            "rollover_unused_hours",
            "rollover_value",
            "bill_cycle",
            "setup_fees",
            "contract_category",
            "is_active",
            "after_hours_included",
            // of the knowledge base
            "category_description",
            "new_category_name",
            "category_name",
            "support_portal_visibility",
            "company_list",
            "agent_portal_visibility",
            "agent_group_list",
            "folder_name",
            "new_folder_name",
            "article_name",
            "new_article_name",
            "article_content",
            "replace",
            // of a ticket, which reaches nobody
            "then",
            // of places
            "location_name",
            "new_location_name",
            "parent_location_name",
            "contact_name",
            "contact_phone",
            "location_address",
            "location_city",
            "location_state",
            "location_country",
            "location_zipcode");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static BoundTools bound() {
        return sandbox.bound(Policy.of(Selection.everything()));
    }

    @Test
    void somebody_has_decided_on_every_argument_of_every_tool_that_writes() {
        Set<String> undecided = new TreeSet<>();
        Set<String> decided = new TreeSet<>(DECISIONS.keySet());
        for (Tool tool : Catalogue.tools()) {
            for (Param<?> param : tool.verb().reads() ? List.<Param<?>>of() : tool.params()) {
                String argument = tool.name() + " " + param.name();
                if (!decided.remove(argument) && !IMPERSONAL.contains(param.name())) {
                    undecided.add(argument);
                }
            }
        }

        assertThat(undecided).as("who is reached by them?").isEmpty();
        assertThat(decided).as("decided, but not there").isEmpty();
        assertThat(Catalogue.tools().stream()
                        .filter(tool -> !tool.verb().reads())
                        .map(Tool::name))
                .as("who is reached by their calls?")
                .containsExactlyInAnyOrderElementsOf(TOOLS.keySet());
        assertThat(Catalogue.tools()).hasSize(57);
    }

    /** Each argument of each tool that writes. */
    static Stream<String> everyRow() {
        return TOOLS.keySet().stream()
                .flatMap(tool -> Catalogue.get(tool).params().stream().map(param -> tool + " " + param.name()));
    }

    private static boolean isReaching(String row) {
        return TOOLS.get(toolOf(row)) != Reached.NOBODY
                || DECISIONS.getOrDefault(row, Reached.NOBODY) != Reached.NOBODY
                || Catalogue.get(toolOf(row)).verb() == Tool.Verb.DELETES;
    }

    @ParameterizedTest
    @MethodSource("everyRow")
    void a_call_with_this_argument_is_staged_if_it_reaches_somebody_and_else_sent_once(String row) {
        ToolResult result = bound().call(toolOf(row), narrowest(row));

        if (isReaching(row)) {
            assertThat(Expect.answer(result)).as("%s", result.text()).containsEntry("status", "needs_approval");
            assertThat(sandbox.writes()).isEmpty();
        } else {
            assertThat(result.text()).doesNotContain("needs_approval");
            // The second one changes the ticket of the message.
            assertThat(sandbox.writes()).as("%s", result.text()).hasSize(row.endsWith(" then") ? 2 : 1);
        }
    }

    /** What the tool requires, and this argument, which is an agent where it can be. */
    private static Map<String, Object> narrowest(String row) {
        Tool tool = Catalogue.get(toolOf(row));
        String argument = argumentOf(row);
        if (DECISIONS.getOrDefault(row, Reached.NOBODY) != Reached.NOBODY && DECISIONS.get(row) != Reached.READERS) {
            return call(row, OUTSIDE);
        }
        Map<String, Object> arguments = ToolExamples.smallest(tool);
        ToolExamples.change(tool).ifPresent(change -> arguments.remove(change.name()));
        if (tool.verb() == Tool.Verb.UPDATES && NAMES.contains(argument)) {
            // An update changes something: what reaches nobody, where there is such a field.
            add(
                    arguments,
                    tool,
                    tool.param("agent_portal_visibility") != null ? "agent_portal_visibility" : change(tool));
        }
        if (argument.equals("reference_number") && tool.verb() == Tool.Verb.UPDATES) {
            arguments.remove("contract_name");
        }
        COMPANIONS.getOrDefault(argument, List.of()).forEach(companion -> add(arguments, tool, companion));
        add(arguments, tool, argument);
        arguments.computeIfPresent(
                "replace",
                (name, example) -> List.of(Map.of(
                        "old",
                        tool.tags().contains("tickets") ? "08:15 this morning" : "14 characters",
                        "new",
                        "at noon")));
        return arguments;
    }

    private static String change(Tool tool) {
        return ToolExamples.change(tool).orElseThrow().name();
    }

    private static void add(Map<String, Object> arguments, Tool tool, String argument) {
        Param<?> param = tool.param(argument);
        if (param != null) {
            arguments.put(argument, ToolExamples.value(param));
        }
    }

    /** Arguments that say which record an update changes. */
    private static final Set<String> NAMES = Set.of(
            "ticket_number",
            "ticket_numbers",
            "primary_email",
            "company_name",
            "contract_name",
            "reference_number",
            "location_name",
            "category_name",
            "folder_name",
            "article_name");

    /** What arguments need beside them. */
    private static final Map<String, List<String>> COMPANIONS = Map.of(
            "plain_text", List.of("description", "article_content"),
            "subcategory", List.of("category"),
            "min_increment", List.of("contract_hours"),
            "rollover_unused_hours", List.of("contract_hours", "rollover_value"),
            "rollover_value", List.of("contract_hours", "rollover_unused_hours"));

    private static Stream<Arguments> knowledgeBase() {
        Map<String, Object> draft = Map.of(
                "article_name",
                "New",
                "article_content",
                "Text",
                "category_name",
                "Network & VPN",
                "folder_name",
                "Known issues");
        return Stream.of(
                Arguments.of("create_a_desk_365_kb_article", draft, false),
                Arguments.of("create_a_desk_365_kb_article", with(draft, "status", "draft"), false),
                Arguments.of("create_a_desk_365_kb_article", with(draft, "status", 0), false),
                Arguments.of("create_a_desk_365_kb_article", with(draft, "status", "published"), true),
                Arguments.of("create_a_desk_365_kb_article", with(draft, "status", "1"), true),
                Arguments.of("create_a_desk_365_kb_category", Map.of("category_name", "New"), true),
                Arguments.of(
                        "create_a_desk_365_kb_category",
                        Map.of("category_name", "New", "support_portal_visibility", "everyone"),
                        true),
                Arguments.of(
                        "create_a_desk_365_kb_category",
                        Map.of("category_name", "New", "support_portal_visibility", "hidden"),
                        false),
                // Customers no longer see what they saw.
                Arguments.of(
                        "update_a_desk_365_kb_category_by_id",
                        Map.of("category_name", "Network & VPN", "support_portal_visibility", "hidden"),
                        true),
                Arguments.of(
                        "update_a_desk_365_kb_category_by_id",
                        Map.of("category_name", "Network & VPN", "agent_portal_visibility", "all"),
                        false));
    }

    @ParameterizedTest
    @MethodSource("knowledgeBase")
    void what_customers_see_in_the_knowledge_base_changes_only_after_approval(
            String tool, Map<String, Object> arguments, boolean isSeen) {
        BoundTools tools = bound();
        ToolResult first = tools.call(tool, arguments);

        assertThat(first.isError()).as("%s", first.text()).isFalse();
        assertThat(sandbox.writes()).hasSize(isSeen ? 0 : 1);
        if (isSeen) {
            tools.call(
                    tool, with(arguments, "approval_token", Expect.answer(first).get("approval_token")));
            assertThat(sandbox.writes()).hasSize(1);
        }
    }

    @Test
    void publishing_has_its_own_setting_and_the_strictest_wins() {
        String tool = "update_a_desk_365_kb_article_by_id";
        Map<String, Object> arguments = ToolExamples.smallest(Catalogue.get(tool));
        Approvals allowed = Approvals.defaults().publish(Approval.ALLOW);

        ToolResult atOnce = sandbox.bound(Policy.of(Selection.everything()).approvals(allowed))
                .call(tool, arguments);
        assertThat(atOnce.text()).doesNotContain("needs_approval");
        assertThat(sandbox.writes()).hasSize(1);
        sandbox.reset();
        sandbox.forget();

        for (Approvals staged : List.of(
                allowed.updates(Approval.STAGE),
                allowed.tool(tool, Approval.STAGE),
                Approvals.defaults().with(Map.of("publish", "stage", tool, "allow")))) {
            assertThat(sandbox.bound(Policy.of(Selection.everything()).approvals(staged))
                            .call(tool, arguments)
                            .text())
                    .contains("needs_approval");
        }
        Policy denied = Policy.fromJson("{\"approval\": {\"publish\": \"deny\"}}");
        assertThat(sandbox.bound(denied).lists(tool, CallContext.none())).isFalse();
        assertThat(sandbox.bound(denied)
                        .call(
                                "create_a_desk_365_kb_article",
                                with(
                                        ToolExamples.smallest(Catalogue.get("create_a_desk_365_kb_article")),
                                        "status",
                                        "published"))
                        .errorCode())
                .isEqualTo("denied");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void where_agents_cannot_be_listed_an_address_that_was_never_seen_counts_as_outside() {
        BoundTools tools = bound();
        sandbox.next("listAgents", Fault.answer(404, Map.of(), ""));
        assertThat(tools.call("list_all_desk_365_agents", Map.of()).isError()).isTrue();

        ToolResult note = tools.call(
                CREATE_NOTE, Map.of("ticket_number", 4052, "body", "For us.", "notify_emails", List.of(AGENT)));

        assertThat(note.text()).contains("needs_approval", AGENT);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void what_looks_like_an_address_is_never_called_impersonal() {
        List<String> addresses = Catalogue.tools().stream()
                .filter(tool -> !tool.verb().reads())
                .flatMap(tool -> tool.params().stream())
                .filter(param -> param.type() == Type.ADDRESSES
                        || param.topic() == VocabularyKind.AGENT
                        || param.topic() == VocabularyKind.CONTACT
                        || Objects.toString(param.example(), "").contains("@"))
                .map(Param::name)
                .toList();

        assertThat(addresses).hasSizeGreaterThan(20).doesNotContainAnyElementsOf(IMPERSONAL);
    }

    private static Stream<String> letting(Reached... reached) {
        return DECISIONS.entrySet().stream()
                .filter(entry -> List.of(reached).contains(entry.getValue()))
                .map(Map.Entry::getKey);
    }

    static Stream<String> mailing() {
        return letting(Reached.ANYBODY, Reached.OUTSIDERS, Reached.SAID);
    }

    static Stream<String> forAgents() {
        return letting(Reached.OUTSIDERS);
    }

    static Stream<String> harmless() {
        return letting(Reached.NOBODY).filter(row -> TOOLS.get(toolOf(row)) == Reached.NOBODY);
    }

    /** The smallest call of the tool, with this argument too. */
    private static Map<String, Object> call(String row, String address) {
        Tool tool = Catalogue.get(toolOf(row));
        Param<?> param = Objects.requireNonNull(tool.param(argumentOf(row)));
        Map<String, Object> arguments = ToolExamples.smallest(tool);
        arguments.put(
                param.name(),
                switch (param.name()) {
                    case "private" -> false;
                    case "include_prev_ccs" -> true;
                    case "conversations" ->
                        List.of(Map.of("type", "note", "body", "Old", "cc_address", List.of(address)));
                    default -> param.type() == Type.ADDRESSES ? List.of(address) : address;
                });
        return arguments;
    }

    private static String toolOf(String row) {
        return row.substring(0, row.indexOf(' '));
    }

    private static String argumentOf(String row) {
        return row.substring(row.indexOf(' ') + 1);
    }

    @ParameterizedTest
    @MethodSource("mailing")
    void a_call_that_lets_somebody_outside_in_on_mail_is_staged_and_says_whom(String row) {
        ToolResult staged = bound().call(toolOf(row), call(row, OUTSIDE));

        assertThat(Expect.answer(staged)).containsEntry("status", "needs_approval");
        assertThat(sandbox.writes()).isEmpty();
        Map<String, Object> preview = Expect.map(Expect.answer(staged).get("preview"));
        switch (argumentOf(row)) {
            case "private" -> assertThat(preview).containsEntry("to", List.of("nora.vance@northwind.example"));
            case "include_prev_ccs" ->
                assertThat(preview).containsEntry("also_to", "nobody: no message of this ticket shows a copy");
            case "from_email" -> assertThat(preview).containsEntry("from", OUTSIDE);
            default ->
                assertThat(preview.entrySet())
                        .filteredOn(entry -> !Set.of("with", "changes").contains(entry.getKey()))
                        .as("%s", preview)
                        .anyMatch(entry -> List.of(OUTSIDE).equals(entry.getValue()));
        }
    }

    /** Objects cannot be limited. */
    static Stream<String> limited() {
        return mailing().filter(row -> !argumentOf(row).equals("conversations"));
    }

    @ParameterizedTest
    @MethodSource("limited")
    void the_operators_settings_of_an_argument_do_not_hide_whom_it_reaches(String row) {
        Map<String, Object> arguments = call(row, OUTSIDE);
        Map<String, Object> without = new LinkedHashMap<>(arguments);
        Object value = Objects.requireNonNull(without.remove(argumentOf(row)));
        Object one = value instanceof List<?> list ? list.get(0) : value;
        ToolSettings allowed = ToolSettings.none().allowed(argumentOf(row), one);
        ToolSettings preset = ToolSettings.none().byDefault(argumentOf(row), value);
        Object shown = preview(bound().call(toolOf(row), arguments));

        assertThat(preview(having(row, allowed).call(toolOf(row), arguments))).isEqualTo(shown);
        assertThat(preview(having(row, preset).call(toolOf(row), without))).isEqualTo(shown);
        assertThat(sandbox.writes()).isEmpty();
    }

    private static BoundTools having(String row, ToolSettings settings) {
        return sandbox.bound(Policy.of(Selection.everything()).tool(toolOf(row), settings));
    }

    private static Object preview(ToolResult staged) {
        return Objects.requireNonNull(Expect.answer(staged).get("preview"), staged.text());
    }

    @ParameterizedTest
    @MethodSource("mailing")
    void such_a_call_is_refused_where_mail_is_denied_and_asked_about_where_it_is_to_be_confirmed(String row) {
        BoundTools denying = sandbox.bound(
                Policy.of(Selection.everything()).approvals(Approvals.defaults().customerMail(Approval.DENY)));
        List<String> shown = new ArrayList<>();
        ToolResult refused = sandbox.bound(Policy.of(Selection.everything())
                        .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                        .confirmation((preview, context) -> !shown.add(preview)))
                .call(toolOf(row), call(row, OUTSIDE));

        if (denying.lists(toolOf(row), CallContext.none())) {
            assertThat(denying.call(toolOf(row), call(row, OUTSIDE)).errorCode())
                    .isEqualTo("denied");
        }
        assertThat(refused.errorCode()).isEqualTo("not_confirmed");
        assertThat(shown)
                .singleElement()
                .asString()
                .contains(
                        argumentOf(row).equals("private") || argumentOf(row).equals("include_prev_ccs")
                                ? "to: nora.vance@northwind.example"
                                : OUTSIDE);
        assertThat(sandbox.writes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forAgents")
    void an_address_is_an_agents_only_if_the_host_or_the_list_of_agents_says_so(String row) {
        BoundTools tools = bound();
        Map<String, Object> arguments = call(row, AGENT);

        assertThat(tools.call(toolOf(row), arguments).text()).contains("needs_approval");
        tools.call("list_all_desk_365_agents", Map.of());
        assertThat(tools.call(toolOf(row), arguments).text()).doesNotContain("needs_approval");
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(sandbox.bound(Policy.of(Selection.everything())
                                .vocabulary(Vocabulary.none().agents(AGENT)))
                        .call(toolOf(row), arguments)
                        .text())
                .doesNotContain("needs_approval");
    }

    @Test
    void nobody_becomes_an_agent_by_what_a_caller_writes() {
        BoundTools tools = bound();
        tools.call("list_all_desk_365_agents", Map.of());
        tools.call("create_a_desk_365_time_entry", Map.of("ticket_number", 4052, "agent_email", OUTSIDE));
        sandbox.next(Fault.answer(
                200,
                Map.of(),
                "{\"ticket_number\": 4052, \"status\": \"Open\", \"assigned_to\": \"" + OUTSIDE + "\"}"));
        tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4052));
        sandbox.forget();

        ToolResult note = tools.call(
                CREATE_NOTE,
                Map.of("ticket_number", 4052, "body", "For us.", "notify_emails", List.of(AGENT, OUTSIDE)));

        assertThat(note.text()).contains("needs_approval");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void an_address_that_only_looks_like_an_agents_is_none() {
        BoundTools tools = bound();
        tools.call("list_all_desk_365_agents", Map.of());

        for (String lookalike : List.of("tom.b\u0435cker@desk.example", "tom.becker@desk.example.outside.example")) {
            ToolResult note = tools.call(
                    CREATE_NOTE, Map.of("ticket_number", 4052, "body", "For us.", "notify_emails", List.of(lookalike)));
            assertThat(note.text()).as(lookalike).contains("needs_approval", lookalike);
        }
        assertThat(sandbox.writes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void a_call_that_lets_nobody_in_acts_at_once(String row) {
        String agentOrContact =
                argumentOf(row).equals("primary_email") && toolOf(row).startsWith("update")
                                || argumentOf(row).contains("share_to")
                        ? "nora.vance@northwind.example"
                        : AGENT;

        ToolResult done = bound().call(toolOf(row), call(row, agentOrContact));

        assertThat(done.text()).doesNotContain("needs_approval");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_preview_of_an_update_says_whose_ticket_it_was_and_will_be() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("ticket_number", 4052);
        arguments.put("contact_email", OUTSIDE);
        arguments.put("add_share_to", List.of(OUTSIDE));
        arguments.put("add_watchers", List.of(AGENT));
        arguments.put("status", "Pending");

        Map<String, Object> preview =
                Expect.map(Expect.answer(bound().call(UPDATE_TICKET, arguments)).get("preview"));

        assertThat(preview)
                .containsEntry("new_contact", List.of(OUTSIDE))
                .containsEntry("shared_with", List.of(OUTSIDE))
                .containsEntry("watchers", List.of(AGENT))
                .doesNotContainKey("to");
        assertThat(Expect.map(preview.get("changes")))
                .containsEntry("contact_email", Map.of("from", "nora.vance@northwind.example", "to", OUTSIDE))
                .containsEntry("status", Map.of("from", "Open", "to", "Pending"))
                .containsKeys("add_share_to", "add_watchers");
    }

    @Test
    void a_note_for_agents_that_is_mailed_outside_is_not_said_to_go_to_the_customer() {
        Map<String, Object> preview = Expect.map(Expect.answer(bound().call(
                                CREATE_NOTE,
                                Map.of("ticket_number", 4052, "body", "For us.", "notify_emails", List.of(OUTSIDE))))
                .get("preview"));

        assertThat(preview).containsEntry("notify", List.of(OUTSIDE)).doesNotContainKey("to");
        assertThat(String.valueOf(preview.get("effect")))
                .contains("notify", "e-mail")
                .doesNotContain("customer");
    }

    @ParameterizedTest
    @MethodSource("mailing")
    void its_definition_says_that_it_may_reach_somebody_and_takes_the_token(String row) {
        ToolDefinition definition = Desk365Tools.all().definitions().stream()
                .filter(one -> one.name().equals(toolOf(row)))
                .findFirst()
                .orElseThrow();

        assertThat(definition.annotations()).containsEntry("openWorldHint", true);
        assertThat(Expect.map(definition.inputSchema().get("properties"))).containsKey("approval_token");
    }
}
