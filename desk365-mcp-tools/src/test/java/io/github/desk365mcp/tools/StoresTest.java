package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.jdbc.JdbcState;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The stores that need no other program. PostgreSQL and Redis are tested in examples/replicas. */
class StoresTest {

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
            String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
            return JdbcState.of(JdbcConnectionPool.create(url, "", ""), clock);
        }
    }
}
