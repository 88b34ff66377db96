package io.github.desk365mcp.tools.host;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what several processes that serve the same helpdesk need to know of each other, for a limited time.
 *
 * <p>With {@link Policy#state}, equal creates, approvals, the call budget and write locks hold across processes and
 * restarts. {@link io.github.desk365mcp.tools.jdbc.JdbcState} keeps the values in a database. To use another store,
 * implement these four operations: each must be atomic across all processes, and a value must be readable everywhere
 * once the operation that stored it has returned.
 *
 * <p>Keys have up to 100 ASCII characters. Values are opaque bytes, usually under 10 KB. The library encrypts values
 * before it stores them if the policy has a key.
 *
 * <p>An operation that fails throws an unchecked exception. The library then sends nothing, and reports that. No
 * message of such an exception is shown or logged, only its class. An operation must end within seconds, also if the store
 * does not answer, because calls wait for it. Implementations must be thread-safe.
 *
 * <p>All processes with the same state must serve the same helpdesks, and have the same key or none.
 */
public interface SharedState {

    /**
     * {@return the value, or null if there is none or its life has ended}
     *
     * @param key which value
     */
    byte @Nullable [] get(String key);

    /**
     * Stores a value if there is none.
     *
     * @param key which value
     * @param value not empty
     * @param life how long it exists unless it is replaced
     * @return null if it was stored, else the value that exists
     */
    byte @Nullable [] putIfAbsent(String key, byte[] value, Duration life);

    /**
     * Replaces a value if it is still the expected one.
     *
     * @param key which value
     * @param expected the value to replace
     * @param value not empty
     * @param life how long the new value exists unless it is replaced
     * @return whether it was replaced
     */
    boolean compareAndSet(String key, byte[] expected, byte[] value, Duration life);

    /**
     * Removes a value if it is still the expected one.
     *
     * @param key which value
     * @param expected the value to remove
     * @return whether it was removed
     */
    boolean remove(String key, byte[] expected);

    /** {@return a state in the memory of this process, for tests and for several sets of tools in one process} */
    static SharedState inMemory() {
        return inMemory(Clock.systemUTC());
    }

    /**
     * {@return a state in the memory of this process}
     *
     * @param clock decides when values end
     */
    static SharedState inMemory(Clock clock) {
        return new MemoryState(clock);
    }
}
