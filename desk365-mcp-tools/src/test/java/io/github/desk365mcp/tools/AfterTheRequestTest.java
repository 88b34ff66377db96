package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.AnswerSize;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.pipeline.AnswerStage;
import io.github.desk365mcp.tools.internal.pipeline.BudgetStage;
import io.github.desk365mcp.tools.internal.pipeline.DuplicateStage;
import io.github.desk365mcp.tools.internal.pipeline.ToolInvoker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That nothing was done is said by those alone who know it. */
class AfterTheRequestTest {

    private static final Map<String, Object> REPLY = Map.of("ticket_number", 4052, "body", "We are on our way.");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static BoundTools tools(URI address, Interceptor interceptor) {
        return sandbox.bound(
                Unguarded.policy().duplicates(Duration.ofMinutes(10)),
                desk -> desk.baseUrl(address).httpClient(http -> http.addInterceptor(interceptor)));
    }

    /** Throws once, when the first write was carried out. */
    private static Interceptor throwing(Supplier<RuntimeException> failure) {
        AtomicInteger writes = new AtomicInteger();
        return chain -> {
            Response response = chain.proceed(chain.request());
            if (!chain.request().method().equals("GET") && writes.getAndIncrement() == 0) {
                response.close();
                throw failure.get();
            }
            return response;
        };
    }

    static Stream<String> writing() {
        return Catalogue.tools().stream().filter(tool -> !tool.verb().reads()).map(Tool::name);
    }

    private static void assertLeftOpen(ToolResult result) {
        assertThat(result.errorCode()).as(result.text()).isIn("unknown_outcome", "unreadable_answer");
        assertThat(result.text())
                .doesNotContain("Nothing was", "nothing was", "secret of the host")
                .containsAnyOf("is unknown", "Whether the change was made is unknown");
    }

    @ParameterizedTest
    @MethodSource("writing")
    void an_interceptor_that_throws_after_a_write_leaves_its_outcome_open(String name) {
        BoundTools tools = tools(sandbox.baseUrl(), throwing(() -> new IllegalArgumentException("secret of the host")));
        sandbox.forget();

        ToolResult result = tools.call(name, ToolExamples.fullest(Catalogue.get(name)));

        assertThat(sandbox.writes()).hasSize(1);
        assertLeftOpen(result);
    }

    @Test
    void whatever_it_throws_the_repeat_sends_nothing_twice() {
        for (Supplier<RuntimeException> failure : List.<Supplier<RuntimeException>>of(
                () -> new IllegalArgumentException("secret of the host"),
                () -> new IllegalStateException("secret of the host"),
                NullPointerException::new,
                () -> new NumberFormatException("secret of the host"))) {
            sandbox.reset();
            sandbox.forget();
            BoundTools tools = tools(sandbox.baseUrl(), throwing(failure));

            assertLeftOpen(tools.call(CREATE_REPLY, REPLY));
            ToolResult again = tools.call(CREATE_REPLY, REPLY);

            assertThat(sandbox.writes()).hasSize(1);
            assertThat(again.structuredContent()).as(again.text()).containsEntry("found", true);
        }
    }

    @Test
    void an_answer_whose_length_is_negative_leaves_the_outcome_open() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread service = new Thread(() -> answerOnce(
                    server, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n{}"));
            service.setDaemon(true);
            service.start();
            BoundTools tools = tools(
                    URI.create("http://127.0.0.1:" + server.getLocalPort() + "/apis"),
                    chain -> chain.proceed(chain.request()));

            assertLeftOpen(tools.call(CREATE_REPLY, REPLY));
        }
    }

    /** Reads a whole request, answers these bytes, and ends the connection. */
    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(10_000);
            InputStream in = socket.getInputStream();
            StringBuilder request = new StringBuilder();
            while (!request.toString().contains("\r\n\r\n{")
                    || !request.toString().endsWith("}")) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                request.append((char) next);
            }
            OutputStream out = socket.getOutputStream();
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            // The client is told by the end of the connection.
        }
    }

    @Test
    void an_answer_that_cannot_be_converted_leaves_the_outcome_open_and_is_looked_for() {
        Tool reply = Catalogue.get(CREATE_REPLY);
        Tool broken = reply.toBuilder()
                .answers(new Answer() {
                    @Override
                    public Map<String, Object> schema() {
                        return reply.answer().schema();
                    }

                    @Override
                    public Map<String, Object> convert(Object result, AnswerOptions view) {
                        throw new IllegalArgumentException("secret of the host");
                    }
                })
                .build();
        Policy policy = Unguarded.policy();
        Account desk = Account.of(null, sandbox.client(), policy);
        Stage.Next rings = Stage.chain(List.of(
                new DuplicateStage(policy.clock(), Duration.ofMinutes(10)),
                new AnswerStage(AnswerSize.of(policy), policy.hasCharts()),
                new BudgetStage(false),
                new ToolInvoker()));
        Supplier<Call> call = () -> AdmittedCall.of(broken, REPLY, CallContext.none(), desk);

        Outcome first = rings.run(call.get());
        Outcome second = rings.run(call.get());

        assertThat(first).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("unreadable_answer");
            assertThat(refused.message())
                    .contains("Whether the change was made is unknown")
                    .doesNotContain("Nothing", "secret");
        });
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(second)
                .isInstanceOfSatisfying(
                        Outcome.NotExecuted.class,
                        told -> assertThat(told.code()).isEqualTo("found"));
    }

    @Test
    void what_the_client_refuses_by_itself_was_not_done() {
        BoundTools tools = tools(sandbox.baseUrl(), chain -> chain.proceed(chain.request()));

        ToolResult result =
                tools.call("list_all_desk_365_tickets", Map.of("custom_fields", Map.of("cf_Site Name", List.of())));

        assertThat(result.errorCode()).isEqualTo("invalid_arguments");
        assertThat(result.text()).isEqualTo("Nothing was done. filter cf_Site Name needs a value.");
        assertThat(sandbox.exchanges()).isEmpty();
    }

    @Test
    void a_read_that_fails_within_never_tells_the_model_what_the_host_said() {
        BoundTools tools = tools(sandbox.baseUrl(), chain -> {
            chain.proceed(chain.request()).close();
            throw new IllegalArgumentException("secret of the host");
        });

        try {
            ToolResult result = tools.call("get_single_desk_365_ticket_by_id", Map.of("ticket_number", 4052));
            assertThat(result.text()).doesNotContain("secret of the host", "Nothing was done");
            assertThat(result.isError()).isTrue();
        } catch (IllegalArgumentException fault) {
            assertThat(fault).hasMessage("secret of the host");
        }
    }

    @Test
    void a_resolver_that_throws_is_met_before_anything_leaves() {
        BoundTools tools = sandbox.bound(Unguarded.policy().attachments((reference, context) -> {
            throw new IllegalArgumentException("secret of the host");
        }));

        ToolResult result = tools.call(
                "desk_365_ticket_replies_create_with_attachment",
                Map.of(
                        "ticket_number",
                        4052,
                        "body",
                        "Here it is.",
                        "attachments",
                        List.of(Map.of("reference", "any", "file_name", "a.txt"))));

        assertThat(result.errorCode()).isEqualTo("attachment_failed");
        assertThat(result.text()).startsWith("Nothing was sent.").doesNotContain("secret");
        assertThat(sandbox.exchanges()).isEmpty();
    }
}
