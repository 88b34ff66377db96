package io.github.desk365mcp.api;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancelled calls end at once and leave nothing behind. */
@Timeout(60)
class CancellationTest {

    /** The point at which the server stalls. */
    enum Stall {
        BEFORE_THE_ANSWER,
        WITHIN_THE_ANSWER,
        WITHIN_THE_ERROR_PAGE
    }

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private final ConnectionPool pool = new ConnectionPool();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final Executor threads = work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    };
    private Stall stall = Stall.BEFORE_THE_ANSWER;
    private RawServer server = new RawServer(this::answer);
    private Desk365Client desk =
            server.builder().httpClient(http -> http.connectionPool(pool)).build();

    CancellationTest() throws IOException {}

    private void answer(RawServer.Request request, RawServer.Connection connection) throws IOException {
        if (!request.target().endsWith("/stall")) {
            connection.say(request.target().endsWith("/missing") ? 404 : 200, RawServer.record(request));
            return;
        }
        if (stall != Stall.BEFORE_THE_ANSWER) {
            connection.say("HTTP/1.1 " + (stall == Stall.WITHIN_THE_ANSWER ? "200 OK" : "500 Bad")
                    + "\r\nContent-Length: 100\r\n\r\n{\"a\":");
        }
        arrived.countDown();
        connection.awaitEnd();
    }

    @BeforeEach
    void warm_up() {
        assertThat(desk.ping()).isNotNull();
        pool.evictAll();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static JsonDocument stalled(Desk365Client desk) {
        return desk.send("POST", "stall", Map.of(), Map.of("a", 1));
    }

    private void closedByTheClient() throws InterruptedException {
        assertThat(server.connections().get(1).ended().await(1, SECONDS))
                .as("the server sees the end of the connection")
                .isTrue();
        // The thread of an asynchronous call may still be cleaning up.
        long end = System.nanoTime() + SECONDS.toNanos(1);
        while (pool.connectionCount() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(pool.connectionCount()).as("connections kept").isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "WITHIN_THE_ERROR_PAGE", mode = EnumSource.Mode.EXCLUDE)
    void a_blocked_call_ends_at_once(Stall where) throws Exception {
        stall = where;
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> stalled(desk.with(o -> o.cancellation(cancellation)))), threads);
        arrived.await();

        long start = System.nanoTime();
        cancellation.cancel();
        Throwable failure = end.get(5, SECONDS);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(took).isLessThan(AT_ONCE);
        assertThat(failure)
                .isInstanceOf(CancelledException.class)
                .hasMessage("POST stall: cancelled; it may have been carried out");
        assertThat(((CancelledException) failure).mayHaveArrived()).isTrue();
        closedByTheClient();
        assertThat(listeners(cancellation)).isZero();
    }

    @Test
    void a_call_whose_status_is_coming_ends_at_once_with_or_without_it() throws Exception {
        stall = Stall.WITHIN_THE_ERROR_PAGE;
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> stalled(desk.with(o -> o.cancellation(cancellation)))), threads);
        arrived.await();
        cancellation.cancel();
        assertThat(end.get(5, SECONDS)).isInstanceOfAny(ApiException.class, CancelledException.class);
        closedByTheClient();
    }

    @Test
    void an_upload_that_nobody_reads_ends_at_once() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        server.watch(read -> {
            reading.countDown();
            awaitQuietly(over);
        });
        Attachment endless = Attachment.of("a", "text/plain", 1L << 40, () -> {
            opened.incrementAndGet();
            return new Zeros();
        });
        Cancellation cancellation = new Cancellation();
        Desk365Client stoppable = desk.with(o -> o.cancellation(cancellation));
        CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> stoppable.tickets().note(1, "x", n -> {}, List.of(endless))), threads);
        reading.await();

        long start = System.nanoTime();
        cancellation.cancel();
        assertThat(end.get(5, SECONDS)).isInstanceOf(CancelledException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        assertThat(opened).hasValue(1);
        assertThat(pool.connectionCount()).isZero();
        over.countDown();
    }

    @Test
    void a_call_that_is_cancelled_already_sends_nothing() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        CancelledException failure = catchThrowableOfType(
                CancelledException.class, () -> stalled(desk.with(o -> o.cancellation(cancellation))));
        assertThat(failure.mayHaveArrived()).isFalse();
        assertThat(failure).hasMessage("POST stall: cancelled; nothing was sent");
        assertThat(server.requests()).as("the warm-up alone").hasSize(1);
    }

    @Test
    void no_connection_leaks_and_no_listener_stays() {
        Cancellation cancellation = new Cancellation();
        Desk365Client stoppable = desk.with(o -> o.cancellation(cancellation));
        for (int i = 0; i < 20; i++) {
            stoppable.send("GET", "thing", Map.of(), null);
            assertThatThrownBy(() -> stoppable.send("PUT", "missing", Map.of(), null))
                    .isInstanceOf(NotFoundException.class);
        }
        assertThat(pool.connectionCount()).isEqualTo(1);
        assertThat(pool.idleConnectionCount()).isEqualTo(1);
        assertThat(listeners(cancellation)).isZero();
    }

    @Test
    void cancelling_the_future_ends_the_call() throws Exception {
        CompletableFuture<JsonDocument> future = desk.async(threads, CancellationTest::stalled);
        arrived.await();
        long start = System.nanoTime();
        assertThat(future.cancel(true)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        closedByTheClient();
    }

    @Test
    void a_future_that_times_out_ends_the_call() throws Exception {
        CompletableFuture<JsonDocument> future = desk.async(threads, CancellationTest::stalled);
        arrived.await();
        future.orTimeout(10, MILLISECONDS);
        assertThatThrownBy(() -> future.get(5, SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        closedByTheClient();
    }

    @Test
    void a_future_obeys_the_cancellation_of_its_client_too() throws Exception {
        Cancellation outer = new Cancellation();
        CompletableFuture<JsonDocument> future =
                desk.with(o -> o.cancellation(outer)).async(threads, CancellationTest::stalled);
        arrived.await();
        outer.cancel();
        assertThatThrownBy(() -> future.get(5, SECONDS)).hasCauseInstanceOf(CancelledException.class);
        closedByTheClient();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_call_ends_at_once_even_while_a_name_is_looked_up(boolean asFuture) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CompletableFuture<Thread> lookup = new CompletableFuture<>();
        Cancellation cancellation = new Cancellation();
        Desk365Client slow = server.builder()
                .baseUrl(URI.create("http://localhost:" + server.port()))
                .httpClient(http -> http.connectionPool(pool).dns(host -> {
                    lookup.complete(Thread.currentThread());
                    asked.countDown();
                    awaitQuietly(answered);
                    return List.of(InetAddress.getLoopbackAddress());
                }))
                .options(o -> o.cancellation(cancellation))
                .build();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        CompletableFuture<Boolean> future =
                slow.async(threads, d -> end.complete(catchThrowable(() -> stalled(asFuture ? d : slow))));
        asked.await();
        long start = System.nanoTime();
        if (asFuture) {
            future.cancel(true);
            assertThat(future).isCancelled();
        } else {
            cancellation.cancel();
        }
        Throwable failure = end.get(5, SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        assertThat(failure)
                .isInstanceOf(CancelledException.class)
                .hasMessage("POST stall: cancelled; nothing was sent");

        assertThat(lookup.join().isDaemon()).isTrue();
        answered.countDown();
        lookup.join().join(5_000);
        assertThat(lookup.join().isAlive()).isFalse();
        assertThat(pool.connectionCount()).isZero();
        assertThat(server.connections()).as("the warm-up alone").hasSize(1);
        assertThat(listeners(cancellation)).isZero();
    }

    @Test
    void a_timeout_ends_a_look_up_too() {
        CountDownLatch answered = new CountDownLatch(1);
        Desk365Client slow = server.builder()
                .baseUrl(URI.create("http://localhost:" + server.port()))
                .httpClient(http -> http.dns(host -> {
                    awaitQuietly(answered);
                    return List.of(InetAddress.getLoopbackAddress());
                }))
                .options(o -> o.timeout(Duration.ofMillis(50)))
                .build();
        long start = System.nanoTime();
        assertThatThrownBy(slow::ping)
                .isInstanceOf(TransportException.class)
                .hasMessage("ping: no response (timed out); nothing was sent");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        answered.countDown();
    }

    @Test
    void an_interrupt_ends_a_look_up_and_is_no_timeout() {
        CountDownLatch answered = new CountDownLatch(1);
        Desk365Client slow = server.builder()
                .baseUrl(URI.create("http://localhost:" + server.port()))
                .httpClient(http -> http.dns(host -> {
                    awaitQuietly(answered);
                    return List.of(InetAddress.getLoopbackAddress());
                }))
                .build();
        Thread.currentThread().interrupt();
        assertThatThrownBy(slow::ping)
                .isInstanceOf(TransportException.class)
                .hasMessage("ping: no response (interrupted); nothing was sent");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        answered.countDown();
    }

    @Test
    void a_look_up_that_fails_says_how() {
        Desk365Client broken = server.builder()
                .baseUrl(URI.create("http://localhost:" + server.port()))
                .httpClient(http -> http.dns(host -> {
                    throw new IllegalStateException("a host's mistake");
                }))
                .build();
        assertThatThrownBy(broken::ping)
                .isInstanceOf(TransportException.class)
                .hasMessage("ping: no response (the HTTP client or code added to it failed: IllegalStateException);"
                        + " nothing was sent")
                .hasRootCauseMessage("a host's mistake");
    }

    @Test
    void clients_share_connections_though_names_are_looked_up_on_other_threads() {
        for (int i = 0; i < 3; i++) {
            server.builder()
                    .baseUrl(URI.create("http://localhost:" + server.port()))
                    .httpClient(http -> http.connectionPool(pool))
                    .build()
                    .ping();
        }
        assertThat(pool.connectionCount()).isEqualTo(1);
    }

    @Test
    void a_future_that_waits_for_a_thread_is_cancelled_at_once_and_never_begins() {
        List<Runnable> queue = new ArrayList<>();
        Cancellation outer = new Cancellation();
        CompletableFuture<JsonDocument> future =
                desk.with(o -> o.cancellation(outer)).async(queue::add, CancellationTest::stalled);
        outer.cancel();
        assertThat(future).isCompletedExceptionally();
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOf(CancelledException.class)
                .hasMessage("cancelled; nothing was sent");
        queue.forEach(Runnable::run);
        assertThat(server.requests()).as("the warm-up alone").hasSize(1);
    }

    @Test
    void a_list_that_a_future_returns_can_be_read() throws Exception {
        Desk365Client fake = Desk365Client.fake((operation, query, body) -> Map.of("tickets", List.of()));

        assertThat(fake.async(threads, d -> d.tickets().list())
                        .get(5, SECONDS)
                        .firstPage()
                        .items())
                .isEmpty();
    }

    @Test
    void a_finished_future_leaves_no_listener() throws Exception {
        Cancellation outer = new Cancellation();
        Desk365Client chained = desk.with(o -> o.cancellation(outer));
        chained.async(threads, Desk365Client::ping).get(5, SECONDS);
        assertThatThrownBy(() -> chained.async(
                        work -> {
                            throw new RejectedExecutionException("full");
                        },
                        Desk365Client::ping))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(listeners(outer)).isZero();
    }

    @Test
    void every_listener_is_told_once() {
        List<String> told = new ArrayList<>();
        Cancellation cancellation = new Cancellation();
        Runnable same = () -> told.add("same");
        cancellation.onCancel(same);
        cancellation.onCancel(same).close();
        cancellation.onCancel(() -> {
            throw new IllegalStateException("a host's mistake");
        });
        cancellation.onCancel(() -> told.add("last"));

        assertThatThrownBy(cancellation::cancel).hasMessage("a host's mistake");
        cancellation.cancel();
        cancellation.onCancel(() -> told.add("late"));
        assertThat(told).containsExactly("same", "last", "late");
    }

    private static int listeners(Cancellation cancellation) {
        try {
            Field field = Cancellation.class.getDeclaredField("listeners");
            field.setAccessible(true);
            return ((Map<?, ?>) field.get(cancellation)).size();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(5, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Zeros extends InputStream {

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return length;
        }
    }
}
