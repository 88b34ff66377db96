package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunningRequestsTest {

    private static final int MOST_ON_PAGE = 32;

    private final RunningRequests running = new RunningRequests(2);

    @Test
    void as_many_as_the_limit_run_at_once_and_one_that_leaves_makes_room() throws Exception {
        running.enter();
        running.enter();
        assertThatThrownBy(running::enter).isInstanceOf(Refusal.class).hasMessageContaining("busy");

        running.leave();

        running.enter();
        assertThatThrownBy(running::enter).isInstanceOf(Refusal.class);
    }

    @Test
    void the_page_has_a_limit_of_its_own() throws Exception {
        for (int i = 0; i < MOST_ON_PAGE; i++) {
            running.enterPage();
        }
        assertThatThrownBy(running::enterPage).isInstanceOf(Refusal.class).hasMessageContaining("busy");
        running.enter();

        running.leavePage();

        running.enterPage();
        assertThatThrownBy(running::enterPage).isInstanceOf(Refusal.class);
    }

    @Test
    void after_the_end_nothing_is_taken() {
        assertThat(running.isClosing()).isFalse();

        running.close();

        assertThat(running.isClosing()).isTrue();
        assertThatThrownBy(running::enter).isInstanceOf(Refusal.class).hasMessageContaining("shutting down");
        assertThatThrownBy(running::enterPage).isInstanceOf(Refusal.class).hasMessageContaining("shutting down");
    }

    @Test
    void the_end_waits_for_the_requests_that_run() throws Exception {
        running.enter();
        running.enterPage();
        Thread end = new Thread(() -> running.awaitLeave(System.nanoTime() + TimeUnit.HOURS.toNanos(1)));
        end.start();
        awaitWaiting(end);

        running.leave();
        awaitWaiting(end);
        running.leavePage();

        end.join();
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(thread.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    @Test
    void the_end_waits_no_longer_than_it_may() throws Exception {
        running.enter();

        running.awaitLeave(System.nanoTime() + 1_000_000);
        Thread.currentThread().interrupt();
        running.awaitLeave(System.nanoTime() + TimeUnit.HOURS.toNanos(1));

        assertThat(Thread.interrupted()).isTrue();
    }
}
