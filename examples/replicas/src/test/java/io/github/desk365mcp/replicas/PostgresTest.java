package io.github.desk365mcp.replicas;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.desk365mcp.tools.SharedProcessesContract;
import io.github.desk365mcp.tools.SharedStateContract;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.jdbc.JdbcState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
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
