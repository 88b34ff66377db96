package io.github.desk365mcp.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.jdbc.JdbcState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for a state that survives the process, or that several processes share. */
final class StateOptions implements AutoCloseable {

    static final String KEY = "DESK365_STATE_KEY";
    static final String USER = "DESK365_STATE_USER";
    static final String PASSWORD = "DESK365_STATE_PASSWORD";

    /** What an address may have before its host name, and in a parameter. */
    private static final Pattern SECRETS = Pattern.compile("://(.*)@|password=([^&;]*)", Pattern.CASE_INSENSITIVE);

    private static final int KEY_BYTES = 32;

    /** Each exchange takes about a millisecond. */
    private static final int CONNECTIONS = 8;

    private static final int CONNECT_MILLIS = 5_000;

    @Option(
            names = "--state",
            paramLabel = "PLACE",
            description = "Where to keep what must survive a restart, or what several servers share: creates under way"
                    + " and made, calls that wait for approval, and the call budget. A file for one server, or a"
                    + " database for several, such as jdbc:postgresql://db.example.com/desk. Set DESK365_STATE_KEY to"
                    + " 32 random bytes in base64, so that texts can be kept, encrypted. For a database, set"
                    + " DESK365_STATE_USER and DESK365_STATE_PASSWORD. Default: in memory.")
    private @Nullable String place;

    /** What to close at the end. */
    private @Nullable AutoCloseable opened;

    /**
     * Opens the state, if there is one.
     *
     * @return the policy with it
     * @throws IllegalArgumentException if the key is not valid, or there is no state for it; the message is one sentence
     *     for the user
     * @throws IOException if the state cannot be used; the message is one sentence for the user
     */
    Policy on(Policy policy, Map<String, String> environment) throws IOException {
        if (place == null) {
            for (String name : List.of(KEY, USER, PASSWORD)) {
                if (!environment.getOrDefault(name, "").isBlank()) {
                    throw new IllegalArgumentException(name + " is set, but not --state; set both or neither.");
                }
            }
            return policy;
        }
        byte[] key = key(environment.getOrDefault(KEY, "").strip());
        SharedState state = open(place, environment);
        return key == null ? policy.state(state) : policy.state(state, key);
    }

    /** {@return whether there is a state, but no key for texts} */
    static boolean keepsNoText(Policy policy) {
        return policy.state() != null && policy.stateKey() == null;
    }

    private static byte @Nullable [] key(String text) {
        if (text.isEmpty()) {
            return null;
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    KEY + " must be " + KEY_BYTES + " bytes in base64, as from: openssl rand -base64 32");
        }
        return key;
    }

    private SharedState open(String where, Map<String, String> environment) throws IOException {
        try {
            SharedState state = provided(where, environment);
            if (state == null) {
                state = JdbcState.of(database(where, environment));
            }
            state.get("start");
            return state;
        } catch (RuntimeException e) {
            throw new IOException("The state of --state cannot be used: " + withoutPassword(cause(e), where), e);
        }
    }

    private @Nullable SharedState provided(String where, Map<String, String> environment) {
        for (StateProvider provider : ServiceLoader.load(StateProvider.class)) {
            SharedState state = provider.open(where, environment);
            if (state != null) {
                opened = state instanceof AutoCloseable closeable ? closeable : null;
                return state;
            }
        }
        return null;
    }

    private HikariDataSource database(String where, Map<String, String> environment) {
        HikariConfig config = new HikariConfig();
        if (where.startsWith("jdbc:")) {
            config.setJdbcUrl(where);
            config.setUsername(environment.get(USER));
            config.setPassword(environment.get(PASSWORD));
        } else if (where.contains("://")) {
            throw new IllegalArgumentException("no adapter for this kind of address is on the class path");
        } else {
            // Each commit is written to the file before the next step.
            config.setJdbcUrl("jdbc:h2:file:" + Path.of(where).toAbsolutePath() + ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0");
        }
        config.setPoolName("desk365-state");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        HikariDataSource source = new HikariDataSource(config);
        opened = source;
        return source;
    }

    /** {@return a message without the address and the passwords in it} Some drivers repeat what they cannot read. */
    private static String withoutPassword(String message, String where) {
        String safe = message.replace(where, "(address)");
        Matcher secrets = SECRETS.matcher(where);
        while (secrets.find()) {
            String secret = secrets.group(1) == null ? secrets.group(2) : secrets.group(1);
            safe = secret.isEmpty() ? safe : safe.replace(secret, "***");
        }
        return safe;
    }

    /** The innermost message, which says what the driver found. */
    private static String cause(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = inner.getMessage();
        return message == null
                ? inner.getClass().getName()
                : message.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        if (opened != null) {
            try {
                opened.close();
            } catch (Exception e) {
                // The process ends anyway.
                System.getLogger(StateOptions.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "The state was not closed: {0}",
                                e.getClass().getName());
            }
        }
    }
}
