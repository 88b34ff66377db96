package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Tenant;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.mcp.McpTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plants a key and tokens, and looks for them in everything that comes out. */
class SecretsTest {

    private static final String TOKEN = "planted-token-of-the-caller";
    private static final String WRONG = "planted-token-of-a-stranger";
    private static final CallContext CALLER =
            CallContext.none().credential(TOKEN).tenant("acme");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private final StringBuilder emitted = new StringBuilder();

    @BeforeAll
    static void start() {
        // Only this test reads the logs; the module itself has no need of the package.
        SecretsTest.class
                .getModule()
                .addReads(Object.class
                        .getModule()
                        .getLayer()
                        .findModule("java.logging")
                        .orElseThrow());
    }

    private static Handler logs() {
        return Logger.getLogger("").getHandlers()[0];
    }

    @BeforeEach
    void listen() {
        sandbox.reset();
        sandbox.forget();
        logs().setFilter(line -> {
            emitted.append(new SimpleFormatter().format(line));
            return false;
        });
    }

    @AfterEach
    void leave() {
        logs().setFilter(null);
    }

    private Policy policy() {
        return Unguarded.policy()
                .hosts("127.0.0.1")
                .authenticator(CallerAuthenticator.tokens(Map.of(CallerAuthenticator.hash(TOKEN), "rita")))
                .audit(call -> {
                    emitted.append(call);
                    // A listener that fails, and tells too much.
                    throw new IllegalStateException(TOKEN);
                });
    }

    private static Tenant tenant(URI address) {
        return Tenant.of("acme", address, sandbox.apiKey());
    }

    private void call(BoundTools tools, String name, Map<String, Object> arguments, CallContext context) {
        try {
            ToolResult result = tools.call(name, arguments, context);
            emitted.append(result.toJson()).append(result).append(result.content());
        } catch (UnknownToolException e) {
            emit(e);
        }
        emitted.append(context);
    }

    private void emit(RuntimeException e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        emitted.append(trace);
    }

    @Test
    void every_tool_with_its_fullest_arguments_and_every_kind_of_failure_emits_no_secret() {
        Policy policy = policy();
        Tenant acme = tenant(sandbox.baseUrl());
        BoundTools tools = Desk365Tools.with(policy).bind(context -> acme);
        emitted.append(policy).append(acme).append(Desk365Tools.with(policy)).append(tools);
        tools.definitions(CALLER)
                .forEach(definition -> emitted.append(definition.toJson()).append(definition));

        for (Tool tool : Catalogue.tools()) {
            Map<String, Object> arguments = ToolExamples.fullest(tool);
            call(tools, tool.name(), arguments, CALLER);
            String leak = "{\"message\": \"no such key: " + sandbox.apiKey() + "\"}";
            for (Fault fault : List.of(
                    Fault.answer(400, Map.of(), leak),
                    Fault.answer(401, Map.of(), leak),
                    Fault.answer(404, Map.of(), leak),
                    Fault.answer(409, Map.of(), leak),
                    Fault.answer(500, Map.of(), leak),
                    Fault.answer(200, Map.of(), "<html>" + sandbox.apiKey()),
                    Fault.dropBefore(),
                    Fault.loseAnswer())) {
                sandbox.next(fault);
                call(tools, tool.name(), arguments, CALLER);
            }
            call(tools, tool.name(), Map.of("no such argument", 1), CALLER);
            call(tools, tool.name(), arguments, CALLER.credential(WRONG));
            sandbox.reset();
        }

        assertThat(sandbox.exchanges())
                .extracting(Exchange::method)
                .as("writes ran too")
                .contains("GET", "POST", "PUT", "DELETE");
        assertNoSecret();
    }

    @Test
    void what_a_host_s_own_parts_throw_is_not_repeated() {
        BoundTools noTenant = Desk365Tools.with(policy()).bind(context -> {
            throw new IllegalStateException(sandbox.apiKey());
        });
        BoundTools elsewhere =
                Desk365Tools.with(policy()).bind(context -> tenant(URI.create("https://elsewhere.example/apis")));
        BoundTools noCaller = Desk365Tools.with(policy().authenticator(context -> {
                    throw new IllegalStateException(TOKEN);
                }))
                .bind(context -> tenant(sandbox.baseUrl()));
        for (BoundTools tools : List.of(noTenant, elsewhere, noCaller)) {
            call(tools, "get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4052), CALLER);
            call(tools, "no_such_tool", Map.of("ticket_number", 4052), CALLER);
        }
        try {
            noCaller.definitions(CALLER);
        } catch (AccessRefusedException e) {
            emit(e);
        }

        assertThat(sandbox.exchanges()).isEmpty();
        assertNoSecret();
    }

    @Test
    void a_fault_in_the_adapter_for_mcp_is_logged_by_its_place_without_its_message() {
        BoundTools tools = Desk365Tools.with(policy()).bind(context -> tenant(sandbox.baseUrl()));

        CallToolResult result = McpTools.stateless(tools, transport -> {
                    throw new IllegalStateException(TOKEN, new IOException(WRONG));
                })
                .get(0)
                .callHandler()
                .apply(
                        McpTransportContext.EMPTY,
                        CallToolRequest.builder("any").arguments(Map.of()).build());

        assertThat(result.isError()).isTrue();
        assertThat(emitted)
                .contains(
                        "any failed: java.lang.IllegalStateException",
                        SecretsTest.class.getName(),
                        "caused by java.io.IOException")
                .doesNotContain(TOKEN, WRONG);
    }

    private void assertNoSecret() {
        assertThat(emitted.toString())
                .as("logs and audits were caught")
                .contains("The audit listener threw")
                .contains("caller=rita");
        for (String secret : List.of(sandbox.apiKey(), TOKEN, WRONG)) {
            assertThat(emitted.indexOf(secret))
                    .as(() -> "a secret in: " + around(emitted.indexOf(secret)))
                    .isNegative();
        }
    }

    private String around(int place) {
        return emitted.substring(Math.max(0, place - 300), Math.min(emitted.length(), Math.max(0, place) + 100));
    }
}
