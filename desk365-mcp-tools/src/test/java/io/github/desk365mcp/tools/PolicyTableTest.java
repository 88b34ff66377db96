package io.github.desk365mcp.tools;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All tools under many policies: what is listed, what can be called, and what annotations promise. */
class PolicyTableTest {

    private static final Instant END = Instant.parse("2026-11-27T17:00:00Z");
    private static final Map<String, Object> WRONG = Map.of("no such argument", 1);
    private static final String TOKEN = "a-long-random-token";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final Desk365Client desk = sandbox.client();

    private static List<Selection> selections() {
        List<Selection> selections = new ArrayList<>(List.of(
                Selection.everything(),
                Selection.heroes(),
                Selection.core(),
                Selection.triage(),
                Selection.knowledgeBase(),
                Selection.readOnly(),
                Selection.knowledgeBase().withReadOnly(),
                Selection.everything().exclude("tickets", "get_contact"),
                Selection.everything().tags("tickets.create", "contracts"),
                Selection.everything().methods("get").tools("reply_to_ticket").exclude("companies")));
        for (String method : List.of("read", "write", "list", "get", "create", "update", "delete", "custom")) {
            selections.add(Selection.everything().methods(method));
        }
        return selections;
    }

    static Stream<Arguments> policies() {
        Clock before = Clock.fixed(END.minusMillis(1), ZoneOffset.UTC);
        CallContext anybody = CallContext.none();
        CallContext known = anybody.credential(TOKEN);
        return selections().stream().flatMap(selection -> {
            Policy open = Policy.of(selection);
            Policy checked = open.endsAt(END)
                    .clock(before)
                    .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash(TOKEN), "rita")));
            return Stream.of(
                    Arguments.of(open, anybody),
                    Arguments.of(checked, known),
                    Arguments.of(open, anybody.scope(Selection.readOnly())),
                    Arguments.of(checked, known.scope(Selection.everything().exclude("tickets.update", "ping"))));
        });
    }

    @ParameterizedTest
    @MethodSource("policies")
    void what_is_listed_is_what_can_be_called_and_the_rest_is_unknown(Policy policy, CallContext caller) {
        for (Policy each : List.of(policy, policy.withoutRestricted())) {
            for (Naming naming : Naming.values()) {
                BoundTools tools = Desk365Tools.with(each).named(naming).bind(desk);
                Set<String> listed = names(tools.definitions(caller));
                for (Tool tool : Catalogue.tools()) {
                    boolean isListed = listed.contains(naming == Naming.SHORT ? tool.shortName() : tool.name());
                    for (String name : List.of(tool.name(), tool.shortName())) {
                        assertThat(tools.lists(name, caller)).as(name).isEqualTo(isListed);
                        if (isListed) {
                            assertThat(tools.call(name, WRONG, caller).errorCode())
                                    .isEqualTo("invalid_arguments");
                        } else {
                            assertThatThrownBy(() -> tools.call(name, WRONG, caller))
                                    .isExactlyInstanceOf(UnknownToolException.class)
                                    .hasMessage(unknown(tools, caller).replace("no_such_tool", name))
                                    .hasNoCause();
                        }
                    }
                }
            }
        }
        assertThat(sandbox.exchanges()).isEmpty();
    }

    private static String unknown(BoundTools tools, CallContext caller) {
        try {
            throw new AssertionError(tools.call("no_such_tool", WRONG, caller));
        } catch (UnknownToolException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void what_is_listed_keeps_to_policy_and_scope_by_its_annotations(Policy policy, CallContext caller) {
        Selection selection = policy.selection();
        List<ToolDefinition> listed = Desk365Tools.with(policy).bind(desk).definitions(caller);

        assertThat(listed).allSatisfy(tool -> {
            Map<String, Object> hints = tool.annotations();
            boolean reads = Boolean.TRUE.equals(hints.get("readOnlyHint"));
            if (selection.onlyReads()
                    || selection.methods().equals(Set.of("read"))
                    || caller.scope() != null && caller.scope().onlyReads()) {
                assertThat(reads).as(tool.name()).isTrue();
            }
            if (selection.methods().equals(Set.of("write"))) {
                assertThat(reads).as(tool.name()).isFalse();
            }
            if (selection.methods().equals(Set.of("update"))
                    || selection.methods().equals(Set.of("delete"))) {
                assertThat(hints).as(tool.name()).containsEntry("destructiveHint", true);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("policies")
    void after_the_end_and_without_the_token_all_names_are_answered_alike(Policy policy, CallContext caller) {
        BoundTools ended = Desk365Tools.with(policy.endsAt(END).clock(Clock.fixed(END, ZoneOffset.UTC)))
                .bind(desk);
        BoundTools closed =
                Desk365Tools.with(policy.authenticator(context -> null)).bind(desk);

        assertThat(ended.definitions(caller)).isEmpty();
        assertThatThrownBy(() -> closed.definitions(caller)).isInstanceOf(AccessRefusedException.class);
        assertThat(answers(ended, caller)).hasSize(1).first().asString().contains("access_ended");
        assertThat(answers(closed, caller)).hasSize(1).first().asString().contains("unauthenticated");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    /** What all names are answered, known and unknown, with good arguments and bad. */
    private static Set<String> answers(BoundTools tools, CallContext caller) {
        return Stream.concat(Catalogue.tools().stream().map(Tool::name), Stream.of("no_such_tool"))
                .flatMap(name -> Stream.of(Map.<String, Object>of("ticket_number", 4052), WRONG)
                        .map(arguments -> tools.call(name, arguments, caller).toJson()))
                .collect(Collectors.toSet());
    }

    static Stream<Tool> tools() {
        return Catalogue.tools().stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void what_is_sent_is_what_the_annotations_promise(Tool tool) {
        Map<String, Object> arguments = ToolExamples.fullest(tool);
        Param<?> then = tool.param(Tool.THEN);
        if (then != null) {
            arguments.put(then.name(), ToolExamples.value(then));
        }
        BoundTools reading = Desk365Tools.with(Policy.of(Selection.readOnly())).bind(desk);
        BoundTools everything = Desk365Tools.with(Unguarded.policy()).bind(desk);

        if (Boolean.TRUE.equals(tool.annotations().get("readOnlyHint"))) {
            assertThat(reading.call(tool.name(), arguments).isError()).isFalse();
            assertThat(methods()).as(tool.name()).containsOnly("GET");
        } else {
            assertThatThrownBy(() -> reading.call(tool.name(), arguments)).isInstanceOf(UnknownToolException.class);
            assertThat(sandbox.exchanges()).isEmpty();
            assertThat(everything.call(tool.name(), arguments).isError()).isFalse();
            boolean destroys = Boolean.TRUE.equals(tool.annotations().get("destructiveHint"));
            if (then != null) {
                // The change of the ticket makes the message destructive too, as MCP defines it.
                assertThat(destroys).isTrue();
                assertThat(methods()).containsExactlyInAnyOrder("POST", "PUT");
                return;
            }
            Set<String> methods = new TreeSet<>(methods());
            if (tool.one() != null) {
                // It reads what it changes first.
                assertThat(methods.remove("GET")).isTrue();
            }
            assertThat(methods)
                    .as(tool.name())
                    .hasSize(1)
                    .isSubsetOf(destroys ? List.of("PUT", "DELETE") : List.of("POST"));
        }
    }

    private static Set<String> methods() {
        return sandbox.exchanges().stream().map(Exchange::method).collect(Collectors.toSet());
    }

    @Test
    void a_call_that_began_before_the_end_finishes_and_the_next_is_refused() {
        Instant[] now = {END.minusMillis(1)};
        WireMockServer helpdesk = new WireMockServer(
                options().dynamicPort().bindAddress("127.0.0.1").extensions(whileAnswering(() -> now[0] = END)));
        helpdesk.stubFor(get(anyUrl()).willReturn(okJson("{\"ticket_number\": 4052}")));
        helpdesk.start();
        try {
            Policy policy = Policy.of(Selection.everything()).endsAt(END).clock(new Clock() {
                @Override
                public Instant instant() {
                    return now[0];
                }

                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }
            });
            BoundTools tools = Desk365Tools.with(policy)
                    .bind(sandbox.client(
                            builder -> builder.baseUrl(URI.create("http://127.0.0.1:" + helpdesk.port() + "/apis"))));
            Map<String, Object> ticket = Map.of("ticket_number", 4052);

            ToolResult first = tools.call("get_single_desk_365_ticket_by_id", ticket);
            ToolResult second = tools.call("get_single_desk_365_ticket_by_id", ticket);

            assertThat(first.structuredContent()).isNotNull().containsEntry("ticket_number", 4052);
            assertThat(second.errorCode()).isEqualTo("access_ended");
            helpdesk.verify(1, com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor(anyUrl()));
        } finally {
            helpdesk.stop();
        }
    }

    private static ResponseDefinitionTransformerV2 whileAnswering(Runnable action) {
        return new ResponseDefinitionTransformerV2() {
            @Override
            public ResponseDefinition transform(ServeEvent event) {
                action.run();
                return event.getResponseDefinition();
            }

            @Override
            public String getName() {
                return "while-answering";
            }
        };
    }

    private static Set<String> names(List<ToolDefinition> definitions) {
        return definitions.stream().map(ToolDefinition::name).collect(Collectors.toSet());
    }
}
