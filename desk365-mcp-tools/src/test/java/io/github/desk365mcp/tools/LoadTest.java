package io.github.desk365mcp.tools;

import static io.github.desk365mcp.tools.ToolNames.CREATE_NOTE;
import static io.github.desk365mcp.tools.ToolNames.GET_TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.tools.host.CallContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many callers at once share the tools of one helpdesk: each gets its own answers, and neither memory nor threads grow
 * with the number of calls. {@code -Dload.calls=1000000} makes more, as the nightly profile does.
 */
@Timeout(1_800)
class LoadTest {

    private static final int CALLERS = 200;
    private static final int CALLS = Integer.getInteger("load.calls", 100_000);

    /** More than what a few answers and their buffers take, and far less than what a kept call each would. */
    private static final long ROOM = 16L << 20;

    private final AtomicLong writes = new AtomicLong();

    private final Desk365Client desk = Desk365Client.fake((operation, query, body) -> {
        long number = Objects.requireNonNull(query.integer("ticket_number"));
        if (operation.equals("getTicket")) {
            return Map.of("ticket_number", number, "subject", "Subject " + number, "status", "Open");
        }
        writes.incrementAndGet();
        return Map.of("ticket_number", number, "body", Objects.requireNonNull(body.text("body")));
    });

    private final BoundTools tools =
            Desk365Tools.with(Unguarded.noticesRepeats(Clock.systemUTC())).bind(desk);

    @Test
    void two_hundred_callers_get_their_own_answers_and_nothing_grows() throws Exception {
        int threadsBefore = Thread.getAllStackTraces().size();
        List<Thread> made = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS, work -> {
            made.add(new Thread(work));
            return made.get(made.size() - 1);
        });
        try {
            // The memory of repeated calls is full after this.
            run(threads, 0, CALLS / 4);
            long heap = heap();
            int threadsThen = Thread.getAllStackTraces().size();

            run(threads, CALLS / 4, CALLS);

            long heapNow = heap();
            int threadsNow = Thread.getAllStackTraces().size();
            if (Accepted.ACCEPT) {
                ReliabilityPage.write(
                        "Many callers at once",
                        String.format(
                                        Locale.ROOT,
                                        SECTION,
                                        CALLS,
                                        CALLS / 4,
                                        mebibytes(heap),
                                        mebibytes(heapNow),
                                        threadsThen,
                                        threadsNow)
                                + ReliabilityPage.run());
            }
            assertThat(heapNow - heap).as("bytes more than after a quarter").isLessThan(ROOM);
            assertThat(threadsNow).isLessThanOrEqualTo(threadsThen + 2);
        } finally {
            threads.shutdown();
            for (Thread thread : made) {
                thread.join();
            }
        }
        assertThat(writes).hasValue(CALLS / 2);
        assertThat(Thread.getAllStackTraces().size()).isLessThanOrEqualTo(threadsBefore + 2);
    }

    private static final String SECTION = """
            `LoadTest` makes calls of 200 callers at once, half of which write, with a client that answers at once. Each caller gets its
            own answer, each write is made once, and neither memory nor threads grow. Each build makes 100,000 calls, the nightly profile
            1,000,000. `-Dload.calls=…` sets another number. This run wrote the figures:

            | | |
            |---|---|
            | callers | 200 |
            | calls | %,d |
            | memory after %,d calls | %s MB |
            | memory at the end | %s MB |
            | threads then, and at the end | %d and %d |
            | seed | none: nothing is random |
            """;

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / (double) (1 << 20));
    }

    private void run(ExecutorService threads, int from, int until) throws Exception {
        List<Future<?>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int first = from + caller;
            CallContext context = CallContext.none().caller("caller-" + caller).session("session-" + caller);
            callers.add(threads.submit(() -> {
                for (int call = first; call < until; call += CALLERS) {
                    call(context, call);
                }
            }));
        }
        for (Future<?> caller : callers) {
            caller.get();
        }
    }

    private void call(CallContext context, int call) {
        boolean writes = call / CALLERS % 2 == 0;
        ToolResult result = writes
                ? tools.call(CREATE_NOTE, Map.of("ticket_number", call + 1, "body", "Note " + call), context)
                : tools.call(GET_TICKET, Map.of("ticket_number", call + 1), context);
        assertThat(result.isError()).as(result.text()).isFalse();
        assertThat(Expect.answer(result)).containsEntry("ticket_number", call + 1);
        assertThat(result.text()).doesNotContain("replayed");
    }

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
