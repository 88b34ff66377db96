package io.github.desk365mcp.server;

import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestSandbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over standard input and output, the approval page opens in the browser of the person at this computer. */
@Timeout(120)
class DesktopApprovalsIT {

    private static final String CONFIRM = "--approval=mail=confirm";
    private static final Pattern PRINTED = Pattern.compile("it works once: (http://127\\.0\\.0\\.1:\\d+/\\S+)");

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path desktop;

    private static String reply(int number) {
        return Messages.call(number, CREATE_REPLY, "{\"ticket_number\":4052,\"body\":\"Reply " + number + "\"}");
    }

    private static PageClient visit(String link) throws Exception {
        PageClient person = new PageClient(link.substring(0, link.indexOf("/open/")));
        assertThat(person.get(link).status()).isEqualTo(303);
        return person;
    }

    @Test
    void several_calls_open_one_page_and_the_later_ones_are_on_its_list() throws Exception {
        try (StdioServer server = new StdioServer(sandbox, desktop, Map.of(), "", CONFIRM)) {
            assertThat(server.ask(reply(10)))
                    .contains("waiting_for_approval", "at the approval page that has opened in the browser;");
            String link = server.awaitOpened();
            server.ask(reply(11));
            PageClient person = visit(link);
            server.ask(reply(12));

            assertThat(person.get("/").page().select(".calls > li")).hasSize(3);
            assertThat(person.press(person.call("Reply to the customer"), "Send", Map.of())
                            .text())
                    .contains("Sent Approved by " + System.getProperty("user.name"));
            assertThat(sandbox.writes()).hasSize(1);
            assertThat(server.ask(reply(10))).contains("Nothing was sent now");
            assertThat(server.opened()).singleElement().asString().endsWith(" 0");
            server.end();
            assertThat(server.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"end of input", "SIGTERM", "end of input, then SIGTERM"})
    void an_approved_call_is_finished_before_the_server_ends(String reason) throws Exception {
        try (StdioServer server = new StdioServer(sandbox, desktop, Map.of(), "", CONFIRM)) {
            server.ask(reply(10));
            PageClient person = visit(server.awaitOpened());
            String call = person.call("Reply to the customer");
            AtomicInteger status = new AtomicInteger();
            sandbox.stall(1);
            Thread approving = new Thread(() -> {
                try {
                    status.set(person.submit(call, "Send", Map.of()).status());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            int before = sandbox.exchanges().size();
            approving.start();
            sandbox.awaitExchanges(before + 1);
            Thread later = new Thread(() -> {
                pause();
                sandbox.release();
            });
            later.start();

            if (reason.startsWith("end of input")) {
                server.endInput();
            }
            if (reason.endsWith("SIGTERM")) {
                assertThat(server.terminate()).isZero();
            }
            server.end();

            approving.join();
            assertThat(sandbox.writes()).hasSize(1);
            assertThat(status).as("the answer to the person").hasValue(303);
        }
    }

    @Test
    void without_a_desktop_the_address_is_printed() throws Exception {
        try (StdioServer server = new StdioServer(sandbox, desktop, Map.of("DISPLAY", ""), "", CONFIRM)) {
            assertThat(server.ask(reply(10)))
                    .contains("the approval page; its address is on the standard error of this server")
                    .doesNotContain("http://");

            PageClient person = visit(printed(server));

            assertThat(person.get("/").text()).contains("Reply 10");
            assertThat(server.opened()).isEmpty();
        }
    }

    @Test
    void if_the_browser_does_not_open_the_address_is_printed() throws Exception {
        try (StdioServer server = new StdioServer(sandbox, desktop, Map.of(), "exit 3", CONFIRM)) {
            server.ask(reply(10));

            assertThat(printed(server)).isEqualTo(server.awaitOpened());
        }
    }

    @Test
    void without_the_page_calls_that_need_a_person_are_refused() throws Exception {
        try (StdioServer server = new StdioServer(sandbox, desktop, Map.of(), "", CONFIRM, "--no-approval-page")) {
            assertThat(server.ask(reply(10))).contains("this client cannot ask for it. Nothing was sent.");
            server.end();
            assertThat(server.opened()).isEmpty();
        }
    }

    /** Lets the end of the input arrive first. */
    private static void pause() {
        try {
            Thread.sleep(1_500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String printed(StdioServer server) throws InterruptedException {
        while (true) {
            Matcher link = PRINTED.matcher(server.errors());
            if (link.find()) {
                return link.group(1);
            }
            Thread.sleep(20);
        }
    }
}
