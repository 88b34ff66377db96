package io.github.desk365mcp.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.desk365mcp.tools.SharedProcessesContract;
import io.github.desk365mcp.tools.SharedStateContract;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.jdbc.JdbcState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@link JdbcState} on a real PostgreSQL. */
class PostgresTest {

    /** A pool on a schema of its own, in which there is no table yet. */
    private static HikariDataSource pool(String schema) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestStores.postgresUrl() + "&currentSchema=" + schema);
        config.setConnectionInitSql("CREATE SCHEMA IF NOT EXISTS " + schema);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    private static String newSchema() {
        return "s" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Each process has a pool of its own; the first ones create the table at once. */
    @Nested
    class Operations extends SharedStateContract {

        private final String schema = newSchema();
        private final List<HikariDataSource> pools = new ArrayList<>();

        @Override
        protected SharedState open() {
            if (pools.size() < 3) {
                pools.add(pool(schema));
                return JdbcState.of(pools.get(pools.size() - 1));
            }
            return JdbcState.of(pools.get(0));
        }

        @AfterEach
        void close() {
            pools.forEach(HikariDataSource::close);
        }
    }

    @Test
    void an_operation_is_one_round_trip_and_two_more_only_if_a_value_is_in_the_way() {
        try (HikariDataSource pool = pool(newSchema())) {
            CountedStatements statements = new CountedStatements(pool);
            SharedState state = JdbcState.of(statements.source());
            state.get("a key");
            byte[] value = {1};
            byte[] next = {2};
            statements.take();

            state.get("k");
            assertThat(statements.take()).isEqualTo(1);
            state.putIfAbsent("k", value, Duration.ofMinutes(1));
            // Now and then it also deletes what has ended.
            assertThat(statements.take()).isBetween(1, 2);
            state.compareAndSet("k", value, next, Duration.ofMinutes(1));
            assertThat(statements.take()).isEqualTo(1);
            state.putIfAbsent("k", value, Duration.ofMinutes(1));
            assertThat(statements.take()).isBetween(3, 4);
            state.remove("k", next);
            assertThat(statements.take()).isEqualTo(1);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Processes extends SharedProcessesContract {

        private final List<HikariDataSource> pools = new ArrayList<>();

        @Override
        protected SharedState open(Clock clock) {
            pools.add(pool(newSchema()));
            return JdbcState.of(pools.get(pools.size() - 1), clock);
        }

        @AfterAll
        void close() {
            pools.forEach(HikariDataSource::close);
        }
    }
}
