package io.github.desk365mcp.tools.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is renewed while a process lives. */
class HeartbeatTest {

    private final Heartbeat heartbeat = new Heartbeat(Duration.ofMillis(1));

    private static boolean happens(CountDownLatch latch) throws InterruptedException {
        return latch.await(30, TimeUnit.SECONDS);
    }

    @Test
    void a_beat_that_is_added_again_while_it_ends_goes_on() throws Exception {
        CountDownLatch ends = new CountDownLatch(1);
        CountDownLatch isAdded = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(2);
        Heartbeat.Beat beat = () -> {
            ends.countDown();
            goesOn.countDown();
            try {
                return !happens(isAdded);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        heartbeat.add(beat);
        assertThat(happens(ends)).isTrue();

        heartbeat.add(beat);
        isAdded.countDown();

        assertThat(happens(goesOn)).isTrue();
    }

    @Test
    void one_that_fails_does_not_end_the_others() throws Exception {
        AtomicInteger fails = new AtomicInteger();
        heartbeat.add(() -> {
            fails.incrementAndGet();
            throw new AssertionError("a host's error");
        });
        CountDownLatch renewed = new CountDownLatch(3);
        heartbeat.add(() -> {
            renewed.countDown();
            return renewed.getCount() > 0 || fails.get() < 3;
        });

        assertThat(happens(renewed)).isTrue();
    }
}
