package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.ManualClock;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.jdbc.JdbcState;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The stores that need no other program. PostgreSQL and Redis are tested in examples/replicas. */
class StoresTest {

    private static final Duration LIFE = Duration.ofMinutes(1);

    @Test
    void values_that_have_ended_leave_the_memory() {
        ManualClock clock = new ManualClock(Instant.EPOCH);
        SharedState state = SharedState.inMemory(clock);
        state.putIfAbsent("kept", new byte[] {1}, Duration.ofDays(1));

        for (int minute = 0; minute < 10; minute++) {
            putSome(state, "minute " + minute, 400);
            clock.advance(LIFE);
        }

        assertThat(state.toString()).containsPattern("\\[\\d{1,3} values in memory]");
        assertThat(state.get("kept")).isNotNull();
    }

    @Test
    void rows_that_have_ended_are_deleted_sooner_or_later() throws Exception {
        ManualClock clock = new ManualClock(Instant.EPOCH);
        JdbcConnectionPool pool = inMemory();
        SharedState state = JdbcState.of(pool, clock);
        putSome(state, "ended", 3);
        clock.advance(LIFE);

        // One in 500 stored values deletes them. That none of 10,000 does happens twice in a billion runs.
        putSome(state, "kept", 10_000);

        assertThat(rows(pool)).isEqualTo(10_000);
        pool.dispose();
    }

    private static void putSome(SharedState state, String name, int many) {
        for (int i = 0; i < many; i++) {
            state.putIfAbsent(name + i, new byte[] {1}, LIFE);
        }
    }

    private static JdbcConnectionPool inMemory() {
        return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
    }

    private static int rows(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM desk365_state")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void each_change_is_committed_and_a_database_may_be_silent_for_five_seconds() throws Exception {
        JdbcConnectionPool pool = inMemory();
        List<Object> changes = new ArrayList<>();
        SharedState state = JdbcState.of(uncommitted(pool, changes));

        state.putIfAbsent("key", new byte[] {1}, LIFE);

        assertThat(JdbcState.of(pool).get("key")).containsExactly(1);
        assertThat(changes).as("as it was").containsExactly(true, 5_000, 30_000, false);
        assertThat(state).as("no address").hasToString("JdbcState");
        pool.dispose();
    }

    /** Many databases, because few creations of a table meet. */
    @Test
    void processes_that_create_the_table_at_once_store_a_value_once() throws Exception {
        for (int database = 0; database < 100; database++) {
            JdbcConnectionPool pool = inMemory();
            List<Callable<Boolean>> processes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SharedState state = JdbcState.of(pool);
                processes.add(() -> state.putIfAbsent("key", new byte[] {1}, LIFE) == null);
            }

            assertThat(SharedProcessesContract.atOnce(processes)).containsOnlyOnce(true);
            assertThat(JdbcState.of(pool).get("key")).containsExactly(1);
            try (Connection connection = pool.getConnection()) {
                connection.createStatement().execute("SHUTDOWN");
            }
        }
    }

    /** Gives connections that would need a commit and have a time limit, which H2 ignores, and notes what is changed. */
    private static DataSource uncommitted(DataSource source, List<Object> changes) {
        return (DataSource) proxy(DataSource.class, (method, values) -> {
            Connection connection = source.getConnection();
            connection.setAutoCommit(false);
            return proxy(Connection.class, (name, arguments) -> {
                switch (name.getName()) {
                    case "getNetworkTimeout" -> {
                        return 30_000;
                    }
                    case "setNetworkTimeout" -> changes.add(arguments[1]);
                    case "setAutoCommit" -> changes.add(arguments[0]);
                    default -> {}
                }
                return name.invoke(connection, arguments);
            });
        });
    }

    private interface Handler {
        @Nullable
        Object call(Method method, Object[] arguments) throws Exception;
    }

    private static Object proxy(Class<?> type, Handler handler) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> handler.call(method, values));
    }

    @Nested
    class Memory extends SharedStateContract {

        private final SharedState state = SharedState.inMemory();

        @Override
        protected SharedState open() {
            return state;
        }
    }

    @Nested
    class H2File extends SharedStateContract {

        private final JdbcConnectionPool pool;

        H2File(@TempDir Path folder) {
            pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("state") + ";WRITE_DELAY=0", "", "");
        }

        @Override
        protected SharedState open() {
            return JdbcState.of(pool);
        }

        @AfterEach
        void close() {
            pool.dispose();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class ProcessesOnH2 extends SharedProcessesContract {

        @Override
        protected SharedState open(Clock clock) {
            return JdbcState.of(inMemory(), clock);
        }
    }
}
