package io.github.desk365mcp.replicas;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.desk365mcp.tools.host.SharedState;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A shared state in Redis or Valkey, as an example of an adapter: copy this class, and use it as
 * {@code policy.state(new RedisState(address), key)}.
 *
 * <p>Each operation is one script, which the server runs as a whole, so it is one round trip and atomic. Values end by
 * the clock of the Redis server. The guarantees are those of the Redis server: it must write each change to its disk
 * before it answers ({@code appendonly yes}, {@code appendfsync always}), and must not evict values
 * ({@code maxmemory-policy noeviction}). A replica that takes over may lack the latest values; a create that is repeated
 * at that moment may be sent twice. Thread-safe.
 */
public final class RedisState implements SharedState, AutoCloseable {

    private static final String PREFIX = "desk365/";
    private static final int CONNECTIONS = 8;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final byte[] GET = script("return redis.call('GET', KEYS[1])");

    private static final byte[] PUT_IF_ABSENT = script("""
            local known = redis.call('GET', KEYS[1])
            if known then return known end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return false""");

    private static final byte[] COMPARE_AND_SET = script("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return 1""");

    private static final byte[] REMOVE = script("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])""");

    private final RedisClient redis;

    /**
     * Opens a pool of connections.
     *
     * @param address such as {@code redis://:password@redis.example.com:6379}, or {@code rediss://…} with TLS
     */
    public RedisState(URI address) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(LONGEST_WAIT);
        redis = RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(address))
                .clientConfig(DefaultJedisClientConfig.builder(address).build())
                .poolConfig(pool)
                .build();
    }

    private static byte[] script(String lua) {
        return lua.getBytes(UTF_8);
    }

    @Override
    public byte @Nullable [] get(String key) {
        return (byte[]) run(GET, key);
    }

    @Override
    public byte @Nullable [] putIfAbsent(String key, byte[] value, Duration life) {
        return (byte[]) run(PUT_IF_ABSENT, key, value, millis(life));
    }

    @Override
    public boolean compareAndSet(String key, byte[] expected, byte[] value, Duration life) {
        return isOne(run(COMPARE_AND_SET, key, expected, value, millis(life)));
    }

    @Override
    public boolean remove(String key, byte[] expected) {
        return isOne(run(REMOVE, key, expected));
    }

    private @Nullable Object run(byte[] script, String key, byte[]... arguments) {
        return redis.eval(script, List.of((PREFIX + key).getBytes(UTF_8)), List.of(arguments));
    }

    private static byte[] millis(Duration life) {
        return String.valueOf(life.toMillis()).getBytes(UTF_8);
    }

    private static boolean isOne(@Nullable Object answer) {
        return Long.valueOf(1).equals(answer);
    }

    @Override
    public void close() {
        redis.close();
    }

    /** {@return the class name} No address or password is shown. */
    @Override
    public String toString() {
        return "RedisState";
    }
}
