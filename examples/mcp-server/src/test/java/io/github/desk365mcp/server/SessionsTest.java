package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.mcp.McpTools;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A session belongs to the caller that started it. For all other callers it does not exist, even if they know its id.
 */
@Timeout(60)
class SessionsTest {

    private static final String ANN = "the-long-token-of-ann";
    private static final String BOB = "the-long-token-of-bob";
    private static final Pattern QUESTION = Pattern.compile("\"method\":\"elicitation/create\",\"id\":\"([^\"]+)\"");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static HostInProcess server;

    @BeforeAll
    static void start() {
        server = HostInProcess.start(sandbox.bound(Policy.of(Selection.everything())
                .approvals(Approvals.defaults().customerMail(Approval.CONFIRM))
                .approvalCards()
                .authenticator(CallerAuthenticator.tokens(
                        Map.of(CallerAuthenticator.hash(ANN), "ann", CallerAuthenticator.hash(BOB), "bob")))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
                "POST | {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}",
                "POST | {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":"
                        + "{\"name\":\"get_single_desk_365_ticket_by_id\",\"arguments\":{\"ticket_number\":4052}}}",
                "POST | {\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}",
                "POST | {\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{\"action\":\"accept\",\"content\":{}}}",
                "POST | no JSON",
                "GET | ''",
                "DELETE | ''"
            })
    void for_another_caller_the_session_does_not_exist(String method, String body) throws Exception {
        RawClient ann = RawClient.begin(server.address(), ANN);

        String bobs = RawClient.read(ann.withToken(BOB).send(method, body));

        assertThat(bobs).startsWith("HTTP/1.1 404").contains("This session or address does not exist");
        assertThat(RawClient.read(ann.send("POST", "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void nobody_else_can_answer_the_question_to_a_person() throws Exception {
        RawClient ann = RawClient.begin(server.address(), ANN);
        try (Socket call = ann.call(2, CREATE_REPLY, "{\"ticket_number\":4052,\"body\":\"We are on it.\"}")) {
            String id = question(call);
            String yes = "{\"jsonrpc\":\"2.0\",\"id\":\"" + id
                    + "\",\"result\":{\"action\":\"accept\",\"content\":{\"agreed\":true}}}";

            assertThat(RawClient.read(ann.withToken(BOB).send("POST", yes))).startsWith("HTTP/1.1 404");
            assertThat(replies()).isZero();

            assertThat(RawClient.read(ann.send("POST", yes))).startsWith("HTTP/1.1 202");
            assertThat(RawClient.read(call)).contains("\"result\"");
            assertThat(replies()).isOne();
        }
    }

    @Test
    void a_session_that_its_caller_ended_no_longer_exists() throws Exception {
        RawClient ann = RawClient.begin(server.address(), ANN);

        assertThat(RawClient.read(ann.send("DELETE", ""))).startsWith("HTTP/1.1 200");

        for (String token : List.of(ANN, BOB)) {
            assertThat(RawClient.read(ann.withToken(token).send("GET", ""))).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void a_caller_without_a_token_is_refused_before_the_session_is_checked() throws Exception {
        RawClient ann = RawClient.begin(server.address(), ANN);

        for (String blank : List.of("", " ", "Bearer", "Bearer ")) {
            assertThat(RawClient.read(ann.withToken(blank).send("GET", ""))).startsWith("HTTP/1.1 401");
        }
        assertThat(RawClient.read(ann.withToken(null).send("GET", ""))).startsWith("HTTP/1.1 401");
    }

    @Test
    void only_a_client_that_shows_cards_gets_the_tool_that_decides_on_them() throws Exception {
        String list = Messages.request(2, "tools/list", "{}");
        RawClient cards = RawClient.begin(server.address(), ANN, RawClient.CARDS);

        assertThat(RawClient.read(cards.send("POST", list))).contains("\"name\":\"" + McpTools.CARD_TOOL + "\"");
        assertThat(RawClient.read(RawClient.begin(server.address(), ANN).send("POST", list)))
                .contains(CREATE_REPLY)
                .doesNotContain(McpTools.CARD_TOOL);
        assertThat(RawClient.read(cards.send("DELETE", ""))).startsWith("HTTP/1.1 200");
        assertThat(RawClient.read(cards.send("POST", list))).startsWith("HTTP/1.1 404");
    }

    private static String question(Socket socket) throws Exception {
        StringBuilder read = new StringBuilder();
        while (true) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the end after %s", read).isNotNegative();
            read.append((char) next);
            Matcher asked = QUESTION.matcher(read);
            if (next == '\n' && asked.find()) {
                return asked.group(1);
            }
        }
    }

    private static long replies() {
        return sandbox.exchanges().stream()
                .filter(exchange -> exchange.path().endsWith("add_reply"))
                .count();
    }
}
