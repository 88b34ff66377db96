package io.github.desk365mcp.tools.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the leak guard warns of what agents really wrote to customers, and how often it misses a note. */
class FalseAlarmsTest {

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    /** A ticket as a session reads it. */
    private record Thread(long number, Map<?, ?> ticket, List<Map<?, ?>> messages) {}

    private static final List<Thread> THREADS = new ArrayList<>();

    @BeforeAll
    static void readAll() {
        BoundTools tools = sandbox.bound(Policy.of(Selection.everything()).answerTokens(1_000_000));
        for (long number = 4001; number <= 4120; number++) {
            Map<String, Object> named = Map.of("ticket_number", number);
            Map<String, Object> ticket = Objects.requireNonNull(
                    tools.call("get_single_desk_365_ticket_by_id", named).structuredContent());
            List<Map<?, ?>> messages = new ArrayList<>();
            ((List<?>) Objects.requireNonNull(
                            Objects.requireNonNull(tools.call("list_all_desk_365_ticket_conversations", named)
                                            .structuredContent())
                                    .get("conversations")))
                    .forEach(message -> messages.add((Map<?, ?>) message));
            THREADS.add(new Thread(number, ticket, messages));
        }
    }

    private static boolean isToCustomer(Map<?, ?> message) {
        return "customer".equals(message.get("visibility")) && "agent".equals(message.get("sender_type"));
    }

    private static void read(ReadTexts texts, Thread thread, int messages) {
        texts.ticket(thread.ticket(), thread.number());
        thread.messages().subList(0, messages).forEach(message -> texts.message(message, thread.number()));
    }

    /** What the session reads besides the thread: the tickets before it, with their conversations. */
    @ParameterizedTest
    @CsvSource({"0", "1", "5", "15", "30"})
    void what_agents_wrote_after_reading_the_thread_is_rarely_taken_for_a_leak(int others, TestReporter reporter) {
        List<String> alarms = new ArrayList<>();
        int written = 0;
        for (int i = 0; i < THREADS.size(); i++) {
            Thread thread = THREADS.get(i);
            for (int at = 0; at < thread.messages().size(); at++) {
                Map<?, ?> message = thread.messages().get(at);
                if (!isToCustomer(message)) {
                    continue;
                }
                ReadTexts texts = new ReadTexts(new LongAdder());
                for (int other = 1; other <= others; other++) {
                    Thread before = THREADS.get(Math.floorMod(i - other, THREADS.size()));
                    read(texts, before, before.messages().size());
                }
                read(texts, thread, at);
                written++;
                List<ReadTexts.Finding> found =
                        texts.repeated(String.valueOf(message.get("body")), thread.number(), Set.of());
                if (!found.isEmpty()) {
                    alarms.add(thread.number() + ": " + found);
                }
            }
        }

        reporter.publishEntry(
                "false alarms with " + others + " other tickets read", alarms.size() + " of " + written + " messages");
        assertThat(written).isGreaterThan(100);
        assertThat(alarms).hasSizeLessThanOrEqualTo(written / 50);
    }

    @Test
    void a_reply_that_repeats_an_internal_note_is_noticed(TestReporter reporter) {
        int notes = 0;
        List<String> missed = new ArrayList<>();
        for (Thread thread : THREADS) {
            ReadTexts texts = new ReadTexts(new LongAdder());
            read(texts, thread, thread.messages().size());
            for (Map<?, ?> message : thread.messages()) {
                if (!"internal".equals(message.get("visibility"))) {
                    continue;
                }
                notes++;
                String reply = "Hello,\n\nhere is what we know: " + message.get("body") + "\n\nKind regards";
                if (texts.repeated(reply, thread.number(), Set.of()).isEmpty()) {
                    missed.add(reply);
                }
            }
        }

        reporter.publishEntry("repeated notes noticed", (notes - missed.size()) + " of " + notes);
        // "Payment found under unassigned receipts" has five words.
        assertThat(notes).isGreaterThan(50);
        assertThat(missed).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void what_is_remembered_is_bounded_and_the_latest_stays() {
        LongAdder characters = new LongAdder();
        ReadTexts texts = new ReadTexts(characters);
        for (long number = 1; number <= 20_000; number++) {
            texts.ticket(Map.of("contact_email", number + "@a.example", "description", "x".repeat(200)), number);
            texts.message(Map.of("visibility", "internal", "body", "Serial number SN-" + number + "-X"), number);
        }

        assertThat(characters.sum()).isBetween(350_000L, 400_000L);
        texts.forget();
        texts.forget();
        assertThat(characters.sum()).isZero();
        assertThat(texts.repeated("It is SN-20000-X.", 1, Set.of())).hasSize(1);
        assertThat(texts.repeated("It is SN-10000-X.", 1, Set.of())).isEmpty();
    }

    @Test
    void a_reply_that_repeats_another_customer_is_noticed(TestReporter reporter) {
        int repeated = 0;
        List<String> missed = new ArrayList<>();
        Map<String, Integer> customers = new LinkedHashMap<>();
        for (int i = 0; i < THREADS.size(); i++) {
            Thread thread = THREADS.get(i);
            Thread other = THREADS.get((i + 7) % THREADS.size());
            if (Objects.equals(
                    thread.ticket().get("contact_email"), other.ticket().get("contact_email"))) {
                continue;
            }
            ReadTexts texts = new ReadTexts(new LongAdder());
            read(texts, thread, thread.messages().size());
            read(texts, other, other.messages().size());
            repeated++;
            String reply = "As somebody else told us: " + other.ticket().get("description");
            if (texts.repeated(reply, thread.number(), Set.of()).isEmpty()) {
                missed.add(other.number() + ": " + reply);
            }
            customers.merge(String.valueOf(other.ticket().get("contact_email")), 1, Integer::sum);
        }

        reporter.publishEntry("repeated customers noticed", (repeated - missed.size()) + " of " + repeated);
        assertThat(customers).hasSizeGreaterThan(20);
        assertThat(missed).hasSizeLessThanOrEqualTo(repeated / 20);
    }
}
