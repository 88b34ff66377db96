package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolExamples.with;
import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.DELETE_ARTICLE;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalTokens;
import io.github.desk365mcp.tools.internal.repair.ArgumentSchema;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second call of a staged call needs only the token and the identifiers; what it repeats must be the same. */
class SecondCallTest {

    private static final CallContext RITA = CallContext.none().tenant("acme").caller("rita");
    private static final Map<String, Object> REPLY =
            Map.of("ticket_number", 4052, "body", "We are on it.", "cc_emails", List.of("b@northwind.example"));

    private final ManualClock clock = new ManualClock();

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private BoundTools tools() {
        return sandbox.bound(Policy.of(Selection.everything()).clock(clock));
    }

    static Stream<String> guarded() {
        return ApprovalTest.guarded();
    }

    private static String token(ToolResult preview) {
        return String.valueOf(Expect.answer(preview).get("approval_token"));
    }

    /** The token, and what names the records of the call. */
    private static Map<String, Object> second(String tool, Map<String, Object> first, ToolResult preview) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Param<?> param : Catalogue.get(tool).params()) {
            if (param.isRequired() && !param.sources().isEmpty()) {
                arguments.put(param.name(), first.get(param.name()));
            }
        }
        arguments.put("approval_token", token(preview));
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void identifiers_and_token_do_what_was_previewed_once(String name) {
        BoundTools tools = tools();
        Map<String, Object> arguments = ApprovalTest.arguments(name);
        ToolResult whole = tools.call(name, arguments, RITA);
        tools.call(name, with(arguments, "approval_token", token(whole)), RITA);
        List<String> expected = sandbox.writes().stream()
                .map(write -> write.method() + write.query() + write.parts().size())
                .toList();
        sandbox.reset();
        sandbox.forget();
        tools = tools();
        ToolResult preview = tools.call(name, arguments, RITA);

        ToolResult done = tools.call(name, second(name, arguments, preview), RITA);

        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(sandbox.writes().stream()
                        .map(write ->
                                write.method() + write.query() + write.parts().size()))
                .hasSize(1)
                .containsExactlyElementsOf(expected);
        assertThat(sandbox.violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void a_client_that_validates_gives_empty_values_for_what_is_required(String name) {
        BoundTools tools = tools();
        Map<String, Object> arguments = ApprovalTest.arguments(name);
        ToolResult preview = tools.call(name, arguments, RITA);
        Map<String, Object> second = second(name, arguments, preview);
        for (Param<?> param : Catalogue.get(name).params()) {
            if (param.isRequired()) {
                second.putIfAbsent(param.name(), arguments.get(param.name()) instanceof List ? List.of() : "");
            }
        }
        Map<String, Object> schema = Objects.requireNonNull(tools.definitions().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow()
                .inputSchema());

        assertThat(new ArgumentSchema(schema).problems(second)).isEmpty();
        ToolResult done = tools.call(name, second, RITA);
        assertThat(done.isError()).as(done.text()).isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void what_is_sent_is_what_was_previewed() {
        BoundTools tools = tools();
        ToolResult preview = tools.call(CREATE_REPLY, REPLY, RITA);

        assertThat(String.valueOf(Expect.answer(preview).get("next")))
                .contains("again with ticket_number and the approval_token. The other arguments are kept");
        tools.call(CREATE_REPLY, Map.of("id", "#4052", "approval_token", token(preview)), RITA);

        assertThat(sandbox.writes())
                .singleElement()
                .satisfies(write -> assertThat(write.text()).contains("We are on it.", "b@northwind.example"));
    }

    @Test
    void an_identifier_that_is_missing_or_different_is_refused() {
        BoundTools tools = tools();
        ToolResult preview = tools.call(CREATE_REPLY, REPLY, RITA);

        assertThat(tools.call(CREATE_REPLY, Map.of("approval_token", token(preview)), RITA)
                        .text())
                .contains("ticket_number is missing");
        ToolResult other =
                tools.call(CREATE_REPLY, Map.of("ticket_number", 4053, "approval_token", token(preview)), RITA);
        assertThat(other.errorCode()).isEqualTo("approval_not_good");
        assertThat(other.text()).startsWith("Nothing was done: ticket_number is not as in the preview");
        assertThat(sandbox.writes()).isEmpty();
        assertThat(tools.call(CREATE_REPLY, second(CREATE_REPLY, REPLY, preview), RITA)
                        .isError())
                .isFalse();
    }

    static Stream<Map<String, Object>> differing() {
        return Stream.of(
                Map.of("body", "We are on it!"),
                Map.of("cc_emails", List.of("eve@outside.example")),
                Map.of("bcc_emails", List.of("eve@outside.example")),
                Map.of("include_prev_ccs", true),
                // "Without the copy" is not what was approved.
                Map.of("cc_emails", List.of()),
                Map.of("cc", ""),
                Map.of("body", "Other", "cc_emails", List.of()));
    }

    @ParameterizedTest
    @MethodSource("differing")
    void a_given_argument_must_be_the_previewed_one(Map<String, Object> given) {
        BoundTools tools = tools();
        ToolResult preview = tools.call(CREATE_REPLY, REPLY, RITA);
        Map<String, Object> second = second(CREATE_REPLY, REPLY, preview);
        second.putAll(given);

        ToolResult refused = tools.call(CREATE_REPLY, second, RITA);

        assertThat(refused.errorCode()).as(refused.text()).isEqualTo("approval_not_good");
        assertThat(refused.text()).contains("not as in the preview", "new preview");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void an_update_takes_no_empty_list_for_the_previewed_one() {
        BoundTools tools = tools();
        Map<String, Object> change =
                Map.of("ticket_number", 4052, "add_share_to", List.of("b@northwind.example"), "status", "Pending");
        ToolResult preview = tools.call(UPDATE_TICKET, change, RITA);
        Map<String, Object> second = second(UPDATE_TICKET, change, preview);

        assertThat(tools.call(UPDATE_TICKET, with(second, "add_share_to", List.of()), RITA)
                        .errorCode())
                .isEqualTo("approval_not_good");
        assertThat(tools.call(UPDATE_TICKET, with(second, "status", "Pending"), RITA)
                        .isError())
                .isFalse();
        assertThat(sandbox.writes())
                .singleElement()
                .satisfies(write -> assertThat(write.text()).contains("b@northwind.example"));
    }

    @Test
    void a_token_of_somebody_else_of_another_tool_or_too_old_recalls_nothing() {
        BoundTools tools = tools();
        ToolResult preview = tools.call(CREATE_REPLY, REPLY, RITA);
        Map<String, Object> second = second(CREATE_REPLY, REPLY, preview);

        for (ToolResult refused : List.of(
                tools.call(CREATE_REPLY, with(second, "approval_token", "AAAAAAAAAAAAAAAAAAAAAA"), RITA),
                tools.call(CREATE_REPLY, second, RITA.caller("tom")),
                tools.call(CREATE_REPLY, second, RITA.tenant("globex")),
                tools.call(CREATE_NOTE, second, RITA),
                tools.call(DELETE_ARTICLE, Map.of("article_name", "x", "approval_token", token(preview)), RITA))) {
            assertThat(refused.errorCode()).as(refused.text()).isEqualTo("approval_not_good");
            assertThat(refused.text()).doesNotContain("We are on it", "missing");
        }
        clock.advance(Duration.ofMinutes(10));
        assertThat(tools.call(CREATE_REPLY, second, RITA).errorCode()).isEqualTo("approval_not_good");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_second_call_that_is_repeated_gets_the_result_again() {
        BoundTools tools = tools();
        Map<String, Object> second = second(CREATE_REPLY, REPLY, tools.call(CREATE_REPLY, REPLY, RITA));

        assertThat(tools.call(CREATE_REPLY, second, RITA).isError()).isFalse();
        assertThat(Expect.answer(tools.call(CREATE_REPLY, second, RITA))).containsEntry("replayed", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_second_call_without_an_answer_is_looked_for_before_it_is_sent_again() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        Map<String, Object> second = second(CREATE_REPLY, REPLY, tools.call(CREATE_REPLY, REPLY, RITA));
        sandbox.next("addReply", Fault.loseAnswer());

        assertThat(tools.call(CREATE_REPLY, second, RITA).errorCode()).isEqualTo("unknown_outcome");
        assertThat(Expect.answer(tools.call(CREATE_REPLY, second, RITA))).containsEntry("found", true);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_second_call_of_an_update_that_is_repeated_does_nothing() {
        BoundTools tools = tools();
        Map<String, Object> change = Map.of("ticket_number", 4052, "add_share_to", List.of("b@northwind.example"));
        Map<String, Object> second = second(UPDATE_TICKET, change, tools.call(UPDATE_TICKET, change, RITA));

        assertThat(tools.call(UPDATE_TICKET, second, RITA).isError()).isFalse();
        assertThat(tools.call(UPDATE_TICKET, second, RITA).errorCode()).isEqualTo("approval_not_good");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("guarded")
    void of_many_short_calls_exactly_one_acts(String name) throws Exception {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()).duplicates(Duration.ZERO));
        Map<String, Object> arguments = ApprovalTest.arguments(name);
        Map<String, Object> second = second(name, arguments, tools.call(name, arguments, RITA));

        List<ToolResult> results = ApprovalTest.race(() -> tools.call(name, second, RITA));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(results).filteredOn(result -> !result.isError()).hasSize(1);
    }

    @Test
    void arguments_that_are_too_long_to_be_kept_are_repeated() {
        BoundTools tools = tools();
        Map<String, Object> reply = with(REPLY, "body", "x".repeat(1_000_000));
        ToolResult preview = tools.call(CREATE_REPLY, reply, RITA);

        assertThat(preview.text()).contains("with exactly these arguments and the approval_token");
        assertThat(tools.call(CREATE_REPLY, second(CREATE_REPLY, reply, preview), RITA)
                        .errorCode())
                .isEqualTo("approval_not_good");
        assertThat(tools.call(CREATE_REPLY, with(reply, "approval_token", token(preview)), RITA)
                        .isError())
                .isFalse();
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void what_is_kept_is_bounded_and_the_oldest_goes_first() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()));
        Map<String, Object> long_ = with(REPLY, "body", "x".repeat(999_000));
        ToolResult first = tools.call(CREATE_REPLY, long_, RITA);
        ApprovalTokens tokens = new ApprovalTokens(Clock.systemUTC(), Duration.ofMinutes(1));
        for (int i = 0; i < 60; i++) {
            tokens.give("call " + i, Map.of(), List.of(), long_);
        }

        assertThat(tokens.characters()).isBetween(15_000_000L, 20_000_000L);
        assertThat(tools.call(CREATE_REPLY, second(CREATE_REPLY, long_, first), RITA)
                        .isError())
                .isFalse();
    }

    @Test
    void calls_whose_tokens_have_expired_are_no_longer_kept() {
        ManualClock clock = new ManualClock();
        ApprovalTokens tokens = new ApprovalTokens(clock, Duration.ofMinutes(1));
        tokens.give("old", Map.of(), List.of(), Map.of("body", "x".repeat(1_000)));
        clock.advance(Duration.ofMinutes(1));

        for (int call = 0; call < 2; call++) {
            tokens.give("call " + call, Map.of(), List.of(), Map.of("body", "Hello."));
        }

        assertThat(tokens.characters()).isEqualTo(2L * "{\"body\":\"Hello.\"}".length());
    }

    @Test
    void every_tool_that_stages_says_so_in_few_words() {
        for (Tool tool : Catalogue.tools()) {
            if (guarded().noneMatch(tool.name()::equals)) {
                continue;
            }
            Map<String, Object> properties = Expect.map(Desk365Tools.all().definitions().stream()
                    .filter(one -> one.name().equals(tool.name()))
                    .findFirst()
                    .orElseThrow()
                    .inputSchema()
                    .get("properties"));
            assertThat(Expect.map(properties.get("approval_token")))
                    .containsEntry("description", "If a call returned a preview: its token.");
        }
    }
}
