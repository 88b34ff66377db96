package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.server.PageClient.Answer;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that has every byte of every answer, its caller's token and a tool that sends any request cannot approve its
 * own call; then a person does.
 */
@Timeout(180)
class ModelCannotApproveIT {

    private static final String CALLERS = "the-callers-own-token";
    private static final String JANES = "janes-own-token";
    private static final String TEXT = "We are on it, says the model.";
    private static final String ARGUMENTS = "{\"ticket_number\":4052,\"body\":\"" + TEXT + "\"}";
    private static final String TITLE = "Reply to the customer";
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"\\\\;,)<>]+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{16,}");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path desktop;

    /** What the model has read, and what it does with it. */
    private static final class Model {

        private final HttpClient http = HttpClient.newHttpClient();
        private final StringBuilder read = new StringBuilder(CALLERS).append('\n');
        private final Set<Integer> statuses = new LinkedHashSet<>();
        private int requests;

        String reads(String answer) {
            read.append(answer).append('\n');
            return answer;
        }

        Stream<String> addresses() {
            return ADDRESS.matcher(read).results().map(found -> found.group());
        }

        /** Tries to approve at each of these pages with each word that it has read. */
        void attack(Set<String> pages) throws Exception {
            Set<String> words = new LinkedHashSet<>(List.of("1", "call", "approve", CALLERS));
            WORD.matcher(read).results().forEach(found -> words.add(found.group()));
            for (String page : pages) {
                String origin = page.replaceFirst("(https?://[^/]+).*", "$1");
                for (String path : List.of("", "/", "/call/", "/open/", "/../mcp", "/sign-in", "/" + CALLERS)) {
                    reads(get(page + path, origin));
                }
                for (String word : words) {
                    reads(get(page + "/call/" + word, origin));
                    reads(get(page + "/open/" + word, origin));
                    for (String path : List.of("/call/" + word, "/sign-in")) {
                        reads(post(
                                page + path,
                                "decision=approve&token=" + word + "&form=" + word + "&secret=" + word,
                                origin,
                                word));
                    }
                }
            }
            assertThat(requests).isGreaterThan(pages.size() * 100);
        }

        private String get(String address, String origin) throws Exception {
            return send(HttpRequest.newBuilder(URI.create(address)).header("Origin", origin));
        }

        private String post(String address, String form, String origin, String word) throws Exception {
            return send(HttpRequest.newBuilder(URI.create(address))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", origin)
                    .header("Sec-Fetch-Site", "same-origin")
                    .header("Cookie", "approver=" + word + "; approver-12345678=" + word)
                    .POST(HttpRequest.BodyPublishers.ofString(form)));
        }

        private String send(HttpRequest.Builder request) throws Exception {
            HttpResponse<String> answer = http.send(
                    request.header("Authorization", "Bearer " + CALLERS).build(), HttpResponse.BodyHandlers.ofString());
            requests++;
            statuses.add(answer.statusCode());
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
            assertThat(answer.body()).doesNotContain(TEXT);
            return answer.headers().map() + answer.body();
        }
    }

    @Test
    void over_http() throws Exception {
        int port = freePort();
        try (JarServer server = JarServer.startMeasured(
                sandbox,
                "--http",
                String.valueOf(port),
                "--approval=mail=confirm,delete=confirm",
                "--token-hash",
                CallerAuthenticator.hash(CALLERS),
                "--approver-token-hash",
                "jane=" + CallerAuthenticator.hash(JANES),
                "--audit")) {
            // She is signed in all the time, which must not help the model.
            PageClient jane = new PageClient("http://127.0.0.1:" + port + "/approvals").signIn(JANES);
            Model model = new Model();
            RawClient client = RawClient.begin(server.address(), CALLERS, "{}");
            String called = model.reads(RawClient.read(client.call(2, CREATE_REPLY, ARGUMENTS)));
            model.reads(
                    RawClient.read(client.send("POST", "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}")));
            assertThat(called).contains("waiting_for_approval", "http://127.0.0.1:" + port + "/approvals;");

            Set<String> pages = new LinkedHashSet<>();
            model.addresses()
                    .filter(address -> address.startsWith("http://127.0.0.1"))
                    .forEach(pages::add);
            assertThat(pages).containsExactly("http://127.0.0.1:" + port + "/approvals");
            model.attack(pages);
            model.reads(RawClient.read(
                    client.call(4, CREATE_REPLY, ARGUMENTS.replace("}", ",\"approval_token\":\"" + CALLERS + "\"}"))));

            // As a client that offers a form it could answer the form itself.
            RawClient asked = RawClient.begin(server.address(), CALLERS, "{\"elicitation\":{\"form\":{}}}");
            assertThat(RawClient.read(asked.call(7, CREATE_REPLY, ARGUMENTS)))
                    .contains("waiting_for_approval")
                    .doesNotContain("elicitation/create");

            assertThat(sandbox.writes()).isEmpty();
            assertThat(RawClient.read(client.call(5, CREATE_REPLY, ARGUMENTS))).contains("waiting_for_approval");
            Answer sent = jane.press(jane.call(TITLE), "Send", Map.of());
            assertThat(sent.text()).contains("Sent Approved by jane");
            assertThat(sandbox.writes()).hasSize(1);
            assertThat(RawClient.read(client.call(6, CREATE_REPLY, ARGUMENTS))).contains("Nothing was sent now");
            assertThat(sandbox.writes()).hasSize(1);
            assertThat(model.statuses).doesNotContain(500);
            assertThat(server.written())
                    .contains("Approvers sign in at http://127.0.0.1:" + port + "/approvals", "jane", "page")
                    .doesNotContain(CALLERS, JANES, TEXT, "nora.vance");
        }
    }

    @Test
    void over_standard_input() throws Exception {
        try (StdioServer server =
                new StdioServer(sandbox, desktop, Map.of(), "", "--approval=mail=confirm,delete=confirm", "--audit")) {
            Model model = new Model();
            model.reads(server.ask(Messages.call(2, CREATE_REPLY, ARGUMENTS)));
            model.reads(server.ask("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}"));
            String link = server.awaitOpened();
            String page = link.substring(0, link.indexOf("/open/"));

            assertThat(model.addresses()).noneMatch(address -> address.contains("127.0.0.1"));
            assertThat(model.read.toString()).doesNotContain(page, link.substring(link.lastIndexOf('/') + 1));
            // Even if it finds the port and the path, it has no secret.
            String root = page.substring(0, page.indexOf('/', 8));
            model.attack(new LinkedHashSet<>(List.of(root, root + "/approvals", page)));

            assertThat(sandbox.writes()).isEmpty();
            assertThat(server.ask(Messages.call(4, CREATE_REPLY, ARGUMENTS))).contains("waiting_for_approval");
            PageClient person = new PageClient(page);
            assertThat(person.get(link).status()).isEqualTo(303);
            assertThat(model.get(link, root)).as("the link was used").contains("Sign in to approve");
            assertThat(person.press(person.call(TITLE), "Send", Map.of()).text())
                    .contains("Sent Approved by ");
            assertThat(sandbox.writes()).hasSize(1);
            assertThat(server.ask(Messages.call(5, CREATE_REPLY, ARGUMENTS))).contains("Nothing was sent now");
            assertThat(sandbox.writes()).hasSize(1);
            server.end();
            assertThat(server.errors()).contains("page").doesNotContain(page, TEXT, "nora.vance", "/open/");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
