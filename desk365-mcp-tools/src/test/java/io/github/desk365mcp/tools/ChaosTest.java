package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.CREATE_REPLY;
import static io.github.desk365mcp.tools.ToolNames.CREATE_TICKET;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static io.github.desk365mcp.tools.ToolNames.LIST_CONVERSATIONS;
import static io.github.desk365mcp.tools.ToolNames.UPDATE_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.FaultServer.Connection;
import io.github.desk365mcp.tools.FaultServer.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Mixed calls, while one request in five fails. A caller that does what the answers say ends with a helpdesk as in its
 * own account of it: nothing lost, nothing twice. {@code -Dchaos.calls=…} makes more calls, as the nightly profile does,
 * and {@code -Dchaos.seed=…} others.
 */
class ChaosTest {

    private static final int CALLS = Integer.getInteger("chaos.calls", 1_000);
    private static final long SEED = Long.getLong("chaos.seed", 365);

    /** Calls on one helpdesk, which begins anew then. */
    private static final int ROUND = 500;

    /** Faults follow each other by chance, but not for ever. */
    private static final int MOST_ATTEMPTS = 60;

    private static final Pattern WAIT = Pattern.compile("(?:[Ww]ait|same call in) (\\d+) seconds");

    private static final ManualClock CLOCK = new ManualClock();
    private static final TestSandbox SANDBOX = TestSandbox.start(options -> options.clock(CLOCK));

    private static FaultServer server;

    private final Random random = new Random(SEED);
    private final Random faults = new Random(SEED + 1);
    private final Map<String, Integer> figures = new LinkedHashMap<>();

    /** What the caller believes, by the number of the ticket. */
    private final Map<Long, Believed> tickets = new HashMap<>();

    private BoundTools tools = SANDBOX.bound(Unguarded.policy());
    private int made;

    private static final class Believed {

        private final String subject;
        private @Nullable String status;
        private final List<String> messages = new ArrayList<>();

        Believed(String subject) {
            this.subject = subject;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        System.out.println("Chaos with -Dchaos.seed=" + SEED + ", " + CALLS + " calls");
        server = new FaultServer(SANDBOX.baseUrl());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        SANDBOX.close();
    }

    @Test
    void a_caller_that_does_what_the_answers_say_loses_nothing_and_does_nothing_twice() throws Exception {
        for (int calls = 0; calls < CALLS; calls += ROUND) {
            SANDBOX.reset();
            SANDBOX.forget();
            tickets.clear();
            tools = SANDBOX.bound(
                    Unguarded.noticesRepeats(CLOCK),
                    desk -> desk.baseUrl(server.baseUrl()).options(options -> options.timeout(Duration.ofSeconds(30))));
            server.always(this::fault);
            for (int call = 0; call < Math.min(ROUND, CALLS - calls); call++) {
                CLOCK.advance(Duration.ofSeconds(1));
                act();
            }
            server.always(() -> null);
            compare();
        }
        System.out.println("Chaos: " + figures);
        if (Accepted.ACCEPT) {
            write();
        }
        assertThat(figures).containsKeys("reset", "slow", "5xx", "429", "cut", "unknown", "found", "made anew", "read");
    }

    /** Writes the figures of this run to the page. */
    private void write() throws IOException {
        int faults = List.of("reset", "slow", "5xx", "429", "cut").stream()
                .mapToInt(figures::get)
                .sum();
        ReliabilityPage.write(
                "Calls during random faults",
                PART.replace("{calls}", String.format(Locale.ROOT, "%,d", CALLS))
                                .replace("{seed}", String.valueOf(SEED))
                                .replace("{faults}", String.format(Locale.ROOT, "%,d", faults))
                                .replace("{unknown}", String.valueOf(figures.get("unknown")))
                                .replace("{checked}", String.valueOf(figures.get("checked")))
                                .replace("{found}", String.valueOf(figures.get("found")))
                                .replace("{anew}", String.valueOf(figures.get("made anew")))
                        + ReliabilityPage.run());
    }

    private static final String PART = """
            `ChaosTest` makes mixed calls, while requests fail at random: 5 % are reset (half of them after the service acted), 5 % are
            answered slowly, 5 % with 5xx (half of them after the service acted), 5 % with 429, and 2 % with an answer that is cut. The
            caller does what the answers say: it waits, repeats a create whose outcome is unknown, and reads a ticket before it repeats an
            update. In between and at the end, the helpdesk is compared with what the caller believes: every ticket, status, reply and
            note is there, and once.

            Each build makes 1,000 calls, the nightly profile 100,000. `-Dchaos.calls=…` and `-Dchaos.seed=…` set others. This run wrote
            the figures:

            | | |
            |---|---|
            | calls, apart from repeated ones | {calls} |
            | requests with a fault | {faults} |
            | answers that the outcome is unknown | {unknown} |
            | cleared up by reading the ticket | {checked} |
            | cleared up by the same call: the record was found | {found} |
            | cleared up by the same call: the record was not there, and was made | {anew} |
            | differences at the end | 0 |
            | seed | {seed} |
            """;

    private synchronized void count(String what) {
        figures.merge(what, 1, Integer::sum);
    }

    private @Nullable Fault fault() {
        int percent = faults.nextInt(100);
        boolean acts = faults.nextBoolean();
        if (percent < 5) {
            count("reset");
            return connection -> {
                first(connection, acts);
                connection.reset();
            };
        }
        if (percent < 10) {
            count("slow");
            return FaultTable.drips(5, 2);
        }
        if (percent < 15) {
            count("5xx");
            int status = List.of(500, 502, 503, 504).get(faults.nextInt(4));
            return connection -> {
                first(connection, acts);
                FaultTable.say(connection, status);
            };
        }
        if (percent < 20) {
            count("429");
            return FaultTable.answers(429, "", "Retry-After: 1");
        }
        if (percent < 22) {
            count("cut");
            return connection -> {
                byte[] whole = connection.forward().counted(0);
                connection.out().write(whole, 0, whole.length - 5);
                connection.close();
            };
        }
        return null;
    }

    /** Reads the request; has it carried out, or not. */
    private static void first(Connection connection, boolean acts) throws IOException {
        if (acts) {
            connection.forward();
        } else {
            connection.readBody();
        }
    }

    private void act() {
        int kind = tickets.isEmpty() ? 0 : random.nextInt(10);
        if (kind == 0) {
            create();
        } else if (kind < 4) {
            message();
        } else if (kind < 7) {
            update();
        } else {
            read(number());
        }
    }

    private long number() {
        List<Long> numbers = tickets.keySet().stream().sorted().toList();
        return numbers.get(random.nextInt(numbers.size()));
    }

    private Believed believed(long number) {
        return Objects.requireNonNull(tickets.get(number));
    }

    private void create() {
        String subject = "Chaos " + ++made;
        ToolResult result = untilClear(
                CREATE_TICKET,
                Map.of("contact_email", "nora.vance@northwind.example", "subject", subject, "description", "Text"));
        tickets.put(((Number) field(result, "ticket_number")).longValue(), new Believed(subject));
    }

    private void message() {
        long number = number();
        String text = "Message " + ++made + ".";
        untilClear(random.nextBoolean() ? CREATE_NOTE : CREATE_REPLY, Map.of("ticket_number", number, "body", text));
        believed(number).messages.add(text);
    }

    private void update() {
        long number = number();
        String status = List.of("Open", "Pending", "Resolved").get(random.nextInt(3));
        Map<String, Object> arguments = Map.of("ticket_number", number, "status", status);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            ToolResult result = tools.call(UPDATE_TICKET, arguments);
            if (!result.isError() || isOpen(result) && status.equals(status(number))) {
                believed(number).status = status;
                return;
            }
            waits(result);
        }
        throw new AssertionError("The update never ended: seed " + SEED);
    }

    /** Whether the answer says that the outcome is unknown, and to check before a retry. */
    private boolean isOpen(ToolResult result) {
        if (!result.text().contains("is unknown.")) {
            return false;
        }
        count("unknown");
        assertThat(result.text()).contains("Check that before you retry");
        count("checked");
        return true;
    }

    private Object status(long number) {
        return field(reads(GET_TICKET, number), "status");
    }

    private static Object field(ToolResult result, String name) {
        return Objects.requireNonNull(Expect.answer(result).get(name));
    }

    private void read(long number) {
        count("read");
        Believed believed = believed(number);
        if (random.nextBoolean()) {
            Object status = status(number);
            if (believed.status != null) {
                assertThat(status).as("seed %s", SEED).isEqualTo(believed.status);
            }
        } else {
            String text = reads(LIST_CONVERSATIONS, number).text();
            assertThat(believed.messages)
                    .as("seed %s", SEED)
                    .allSatisfy(message -> assertThat(text).contains(message));
        }
    }

    private ToolResult reads(String tool, long number) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            ToolResult result = tools.call(tool, Map.of("ticket_number", number));
            if (!result.isError()) {
                return result;
            }
            waits(result);
        }
        throw new AssertionError("The read never ended: seed " + SEED);
    }

    /** Makes a create as its answers say, until it is clear that there is one record. */
    private ToolResult untilClear(String tool, Map<String, Object> arguments) {
        boolean wasOpen = false;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            ToolResult result = tools.call(tool, arguments);
            if (!result.isError()) {
                if (wasOpen) {
                    count(Expect.answer(result).containsKey("found") ? "found" : "made anew");
                }
                return result;
            }
            boolean isOpen = result.text().contains("is unknown.");
            if (isOpen) {
                count("unknown");
                assertThat(result.text()).contains("Repeat the same call within 60 minutes");
            }
            wasOpen |= isOpen;
            waits(result);
        }
        throw new AssertionError("The create never ended: seed " + SEED);
    }

    /** Waits as long as an answer says. */
    private static void waits(ToolResult result) {
        long seconds = WAIT.matcher(result.text())
                .results()
                .map(MatchResult::group)
                .mapToLong(words -> Long.parseLong(words.replaceAll("\\D", "")))
                .max()
                .orElse(0);
        CLOCK.advance(Duration.ofSeconds(seconds));
    }

    /** The helpdesk has what the caller believes, each thing once. */
    private void compare() {
        Desk365Client desk = SANDBOX.client();
        List<String> subjects = desk.tickets().list().stream()
                .map(Ticket::subject)
                .filter(subject -> subject != null && subject.startsWith("Chaos "))
                .toList();
        assertThat(subjects)
                .as("seed %s", SEED)
                .containsExactlyInAnyOrderElementsOf(
                        tickets.values().stream().map(ticket -> ticket.subject).toList());
        tickets.forEach((number, believed) -> {
            String status = desk.tickets().get(number).status();
            assertThat(believed.status == null ? status : believed.status)
                    .as("seed %s, ticket %s", SEED, number)
                    .isEqualTo(status);
            List<String> messages = desk.tickets().conversation(number).messages().stream()
                    .flatMap(message -> Pattern.compile("Message \\d+\\.")
                            .matcher(String.valueOf(message.toMap()))
                            .results()
                            .map(MatchResult::group)
                            .distinct())
                    .toList();
            assertThat(messages)
                    .as("seed %s, ticket %s", SEED, number)
                    .containsExactlyInAnyOrderElementsOf(believed.messages);
        });
    }
}
