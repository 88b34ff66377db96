package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.SharedState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SharedState} must do. To test your own, extend this class and return your state:
 *
 * <pre>{@code
 * class MyStateTest extends SharedStateContract {
 *     @Override
 *     protected SharedState open() {
 *         return new MyState(address);
 *     }
 * }
 * }</pre>
 *
 * <p>It is in the artifact {@code desk365-mcp-tools} with the type {@code test-jar}, and needs JUnit 5 and AssertJ.
 */
public abstract class SharedStateContract {

    private static final int THREADS = 8;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** Keys of their own, so that a store need not be empty. */
    private final String key = "test/" + UUID.randomUUID();

    /** For subclasses. */
    protected SharedStateContract() {}

    /** {@return the store under test, as one more process would open it: what one call returns, all others see} */
    protected abstract SharedState open();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_value_is_readable_everywhere_once_it_is_stored() {
        assertThat(open().get(key)).isNull();

        assertThat(open().putIfAbsent(key, bytes("one"), LONG)).isNull();

        assertThat(open().get(key)).isEqualTo(bytes("one"));
        assertThat(open().get(key + "/other")).isNull();
    }

    @Test
    void a_value_that_exists_is_not_overwritten_and_is_returned() {
        SharedState state = open();
        state.putIfAbsent(key, bytes("one"), LONG);

        assertThat(state.putIfAbsent(key, bytes("two"), LONG)).isEqualTo(bytes("one"));

        assertThat(state.get(key)).isEqualTo(bytes("one"));
    }

    @Test
    void a_value_is_replaced_only_while_it_is_the_expected_one() {
        SharedState state = open();
        assertThat(state.compareAndSet(key, bytes("one"), bytes("two"), LONG)).isFalse();
        assertThat(state.get(key)).isNull();
        state.putIfAbsent(key, bytes("one"), LONG);

        assertThat(state.compareAndSet(key, bytes("two"), bytes("three"), LONG)).isFalse();
        assertThat(state.get(key)).isEqualTo(bytes("one"));
        assertThat(state.compareAndSet(key, bytes("one"), bytes("two"), LONG)).isTrue();
        assertThat(state.get(key)).isEqualTo(bytes("two"));
    }

    @Test
    void a_value_is_removed_only_while_it_is_the_expected_one() {
        SharedState state = open();
        assertThat(state.remove(key, bytes("one"))).isFalse();
        state.putIfAbsent(key, bytes("one"), LONG);

        assertThat(state.remove(key, bytes("two"))).isFalse();
        assertThat(state.get(key)).isEqualTo(bytes("one"));
        assertThat(state.remove(key, bytes("one"))).isTrue();
        assertThat(state.get(key)).isNull();
        assertThat(state.putIfAbsent(key, bytes("three"), LONG)).isNull();
    }

    @Test
    void a_value_of_any_bytes_and_of_a_megabyte_is_kept_exactly() {
        SharedState state = open();
        byte[] large = new byte[1_000_000];
        new Random(1).nextBytes(large);
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        String longest = (key + "/" + "x".repeat(100)).substring(0, 100);

        state.putIfAbsent(longest, all, LONG);

        assertThat(state.get(longest)).isEqualTo(all);
        assertThat(state.compareAndSet(longest, all, large, LONG)).isTrue();
        assertThat(state.get(longest)).isEqualTo(large);
        large[999_999]++;
        assertThat(state.remove(longest, large)).isFalse();
    }

    @Test
    void a_value_ends_with_its_life_and_its_key_is_free_again() throws Exception {
        SharedState state = open();
        state.putIfAbsent(key, bytes("one"), SHORT);
        awaitEnd(state, key);

        assertThat(state.compareAndSet(key, bytes("one"), bytes("two"), LONG)).isFalse();
        assertThat(state.remove(key, bytes("one"))).isFalse();
        assertThat(state.putIfAbsent(key, bytes("three"), LONG)).isNull();
        assertThat(state.get(key)).isEqualTo(bytes("three"));
    }

    @Test
    void a_value_that_is_replaced_gets_a_new_life() throws Exception {
        SharedState state = open();
        String first = key + "/first";
        state.putIfAbsent(first, bytes("long"), LONG);
        state.putIfAbsent(key, bytes("short"), SHORT);

        state.compareAndSet(first, bytes("long"), bytes("short"), SHORT);
        boolean isReplaced = state.compareAndSet(key, bytes("short"), bytes("long"), LONG);

        awaitEnd(state, first);
        // On a slow machine it may have ended before.
        assertThat(state.get(key)).isEqualTo(isReplaced ? bytes("long") : null);
    }

    private static void awaitEnd(SharedState state, String key) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (state.get(key) != null) {
            assertThat(System.nanoTime()).as("ten seconds later").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void of_many_processes_that_store_a_value_at_once_one_succeeds() throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SharedState state = open();
            byte[] own = bytes("value " + i);
            attempts.add(() -> {
                byte[] other = state.putIfAbsent(key, own, LONG);
                assertThat(other == null ? own : other).isEqualTo(state.get(key));
                return other == null;
            });
        }

        assertThat(atOnce(attempts)).filteredOn(won -> won).hasSize(1);
    }

    @Test
    void of_many_processes_that_replace_a_value_at_once_one_succeeds_each_time() throws Exception {
        open().putIfAbsent(key, bytes("0"), LONG);
        List<Callable<Integer>> attempts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SharedState state = open();
            attempts.add(() -> {
                for (int done = 0; done < 25; ) {
                    byte[] known = Objects.requireNonNull(state.get(key));
                    int next = Integer.parseInt(new String(known, StandardCharsets.UTF_8)) + 1;
                    done += state.compareAndSet(key, known, bytes(String.valueOf(next)), LONG) ? 1 : 0;
                }
                return 25;
            });
        }

        atOnce(attempts);

        assertThat(open().get(key)).isEqualTo(bytes(String.valueOf(25 * THREADS)));
    }

    @Test
    void of_many_processes_that_remove_a_value_at_once_one_succeeds() throws Exception {
        open().putIfAbsent(key, bytes("one"), LONG);
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SharedState state = open();
            attempts.add(() -> state.remove(key, bytes("one")));
        }

        assertThat(atOnce(attempts)).filteredOn(won -> won).hasSize(1);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
