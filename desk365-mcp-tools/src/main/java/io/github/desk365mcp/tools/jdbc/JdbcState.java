package io.github.desk365mcp.tools.jdbc;

import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A shared state in a table of a database.
 *
 * <pre>{@code
 * Policy policy = Policy.of(selection).state(JdbcState.of(dataSource), key);
 * }</pre>
 *
 * <p>Tested with PostgreSQL and H2. Each operation takes a connection from the data source and uses one statement, so
 * the data source should have a pool. It must not be bound to a transaction of the host, because connections are used in
 * autocommit mode. A connection whose database does not answer for five seconds is given up. Both settings of a
 * connection are put back before it is closed. The table {@code desk365_state} is created when it is missing. The end of
 * a value is compared with the clock of the process that reads it, so the clocks of all processes must agree to a few
 * seconds. Thread-safe.
 */
public final class JdbcState implements SharedState {

    private static final String TABLE = "desk365_state";

    /** How long the database may take to answer; drivers without network timeouts ignore it. */
    private static final int MOST_MILLIS = 5_000;

    /** One in so many stored values also deletes the ended ones. */
    private static final int BETWEEN_SWEEPS = 500;

    /** The class of SQL states for a row that exists already. */
    private static final String DUPLICATE = "23";

    private final DataSource source;
    private final Clock clock;
    private final Object creation = new Object();
    private volatile boolean isCreated;

    private JdbcState(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * {@return a state in this database} No connection is opened yet.
     *
     * @param source gives connections, which are closed after each operation
     */
    public static JdbcState of(DataSource source) {
        return of(source, Clock.systemUTC());
    }

    /**
     * {@return a state in this database} No connection is opened yet.
     *
     * @param source gives connections, which are closed after each operation
     * @param clock decides when values end
     */
    public static JdbcState of(DataSource source, Clock clock) {
        return new JdbcState(source, clock);
    }

    @Override
    public byte @Nullable [] get(String key) {
        return run(connection -> Optional.ofNullable(select(connection, key))).orElse(null);
    }

    private byte @Nullable [] select(Connection connection, String key) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT v FROM " + TABLE + " WHERE k = ? AND ends > ?")) {
            select.setString(1, key);
            select.setLong(2, clock.millis());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getBytes(1) : null;
            }
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(String key, byte[] value, Duration life) {
        Optional<byte[]> other = run(connection -> {
            sweep(connection);
            while (!insert(connection, key, value, life) && !replaceEnded(connection, key, value, life)) {
                byte[] existing = select(connection, key);
                if (existing != null) {
                    return Optional.of(existing);
                }
                // It ended or was removed after the attempts.
            }
            return Optional.empty();
        });
        return other.orElse(null);
    }

    private boolean insert(Connection connection, String key, byte[] value, Duration life) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + TABLE + " (k, v, tag, ends) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, key);
            insert.setBytes(2, value);
            insert.setString(3, tag(value));
            insert.setLong(4, end(life));
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith(DUPLICATE)) {
                return false;
            }
            throw e;
        }
    }

    private boolean replaceEnded(Connection connection, String key, byte[] value, Duration life) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + TABLE + " SET v = ?, tag = ?, ends = ? WHERE k = ? AND ends <= ?")) {
            update.setBytes(1, value);
            update.setString(2, tag(value));
            update.setLong(3, end(life));
            update.setString(4, key);
            update.setLong(5, clock.millis());
            return update.executeUpdate() == 1;
        }
    }

    @Override
    public boolean compareAndSet(String key, byte[] expected, byte[] value, Duration life) {
        return run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE " + TABLE + " SET v = ?, tag = ?, ends = ? WHERE k = ? AND tag = ? AND ends > ?")) {
                update.setBytes(1, value);
                update.setString(2, tag(value));
                update.setLong(3, end(life));
                update.setString(4, key);
                update.setString(5, tag(expected));
                update.setLong(6, clock.millis());
                return update.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean remove(String key, byte[] expected) {
        return run(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + TABLE + " WHERE k = ? AND tag = ? AND ends > ?")) {
                delete.setString(1, key);
                delete.setString(2, tag(expected));
                delete.setLong(3, clock.millis());
                return delete.executeUpdate() == 1;
            }
        });
    }

    private void sweep(Connection connection) throws SQLException {
        if (ThreadLocalRandom.current().nextInt(BETWEEN_SWEEPS) == 0) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + TABLE + " WHERE ends <= ?")) {
                delete.setLong(1, clock.millis());
                delete.executeUpdate();
            }
        }
    }

    private long end(Duration life) {
        return clock.instant().plus(life).toEpochMilli();
    }

    /** Identifies a value: databases do not compare large columns. */
    private static String tag(byte[] value) {
        return Sha256.hex(value);
    }

    /** An operation on a connection in autocommit mode. */
    @FunctionalInterface
    private interface Operation<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T run(Operation<T> operation) {
        try (Connection connection = source.getConnection()) {
            boolean commits = connection.getAutoCommit();
            int millis = connection.getNetworkTimeout();
            try {
                connection.setAutoCommit(true);
                connection.setNetworkTimeout(Runnable::run, MOST_MILLIS);
                create(connection);
                return operation.on(connection);
            } finally {
                restore(connection, commits, millis);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database refused an operation", e);
        }
    }

    /** The host's pool gives the connection to others. */
    private static void restore(Connection connection, boolean commits, int millis) {
        try {
            connection.setNetworkTimeout(Runnable::run, millis);
            connection.setAutoCommit(commits);
        } catch (SQLException e) {
            // It is broken, so a pool drops it. What was done before counts.
        }
    }

    private void create(Connection connection) throws SQLException {
        if (isCreated) {
            return;
        }
        synchronized (creation) {
            if (!isCreated && !exists(connection)) {
                createTable(connection);
            }
            isCreated = true;
        }
    }

    /** Creates the table under another name first: H2 shows a table before it has its primary key. */
    private static void createTable(Connection connection) throws SQLException {
        String unnamed =
                TABLE + "_" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        try (Statement create = connection.createStatement()) {
            create.execute("CREATE TABLE " + unnamed + " (k VARCHAR(100) PRIMARY KEY, v " + bytes(connection)
                    + " NOT NULL, tag CHAR(64) NOT NULL, ends BIGINT NOT NULL)");
            create.execute("CREATE INDEX " + unnamed + "_ends ON " + unnamed + " (ends)");
            try {
                create.execute("ALTER TABLE " + unnamed + " RENAME TO " + TABLE);
            } catch (SQLException e) {
                create.execute("DROP TABLE " + unnamed);
                // Another process may have created it meanwhile.
                if (!exists(connection)) {
                    throw e;
                }
            }
        }
    }

    private static boolean exists(Connection connection) {
        try (Statement select = connection.createStatement()) {
            select.execute("SELECT k FROM " + TABLE + " WHERE 1 = 0");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** The type of a column for up to a few megabytes. */
    private static String bytes(Connection connection) throws SQLException {
        String product = Ascii.lower(connection.getMetaData().getDatabaseProductName());
        if (product.contains("postgres")) {
            return "BYTEA";
        }
        return product.contains("mysql") || product.contains("mariadb") ? "LONGBLOB" : "BLOB";
    }

    /** {@return the class name} No address or user of the database is shown. */
    @Override
    public String toString() {
        return "JdbcState";
    }
}
