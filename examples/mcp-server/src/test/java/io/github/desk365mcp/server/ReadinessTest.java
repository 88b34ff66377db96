package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.TestSandbox;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ReadinessTest {

    private static final Policy OPEN = Policy.of(Selection.everything());

    @Test
    void a_server_is_ready_if_the_helpdesk_answers_and_asks_it_once_for_many_probes() {
        try (TestSandbox sandbox = TestSandbox.start()) {
            Readiness readiness = Readiness.of(OPEN, sandbox.client());

            for (int i = 0; i < 50; i++) {
                assertThat(readiness.failing()).isEmpty();
            }

            assertThat(sandbox.operationsAsked()).containsExactly("ping");
        }
    }

    @ParameterizedTest
    @CsvSource({"429, ''", "401, ''", "503, helpdesk"})
    void a_response_with_an_error_shows_that_the_helpdesk_is_there(int status, String failing) {
        try (TestSandbox sandbox = TestSandbox.start()) {
            sandbox.next(Fault.answer(status, Map.of(), "{}"));

            assertThat(String.join(",", Readiness.of(OPEN, sandbox.client()).failing()))
                    .isEqualTo(failing);
        }
    }

    @Test
    void a_server_is_not_ready_without_its_helpdesk_or_after_its_access() {
        TestSandbox sandbox = TestSandbox.start();
        Desk365Client desk = sandbox.client();
        sandbox.close();

        assertThat(Readiness.of(OPEN.endsAt(Instant.EPOCH), desk).failing()).containsExactly("access", "helpdesk");
    }

    @Test
    void a_further_check_is_named_and_one_that_throws_fails() {
        Readiness readiness = Readiness.always()
                .and("state", () -> {
                    throw new IllegalStateException("no connection");
                })
                .and("other", () -> true);

        assertThat(readiness.failing()).containsExactly("state");
    }

    @Test
    void a_result_is_remembered_for_its_interval() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        AtomicInteger asked = new AtomicInteger();
        BooleanSupplier check =
                Readiness.remembered(() -> asked.incrementAndGet() == 2, Duration.ofNanos(10), now::get);

        assertThat(check.getAsBoolean()).isFalse();
        now.addAndGet(9);
        assertThat(check.getAsBoolean()).isFalse();
        assertThat(asked).hasValue(1);
        now.addAndGet(1);
        assertThat(check.getAsBoolean()).isTrue();
        assertThat(asked).hasValue(2);
    }

    @Test
    void no_probe_waits_for_a_check_of_another() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        BooleanSupplier check = Readiness.remembered(
                () -> {
                    begun.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                },
                Duration.ofMinutes(1),
                System::nanoTime);
        Thread slow = new Thread(() -> assertThat(check.getAsBoolean()).isTrue());
        slow.start();
        begun.await();

        assertThat(check.getAsBoolean()).isFalse();

        end.countDown();
        slow.join();
        assertThat(check.getAsBoolean()).isTrue();
    }
}
