package io.github.desk365mcp.tools.internal.state;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.internal.text.Text;
import io.github.desk365mcp.tools.internal.text.ValueCipher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values of the shared state as JSON objects; encrypted if the policy has a key. Every method throws a
 * {@link StateException} if the state cannot be reached. Thread-safe.
 */
public final class Records {

    private static final System.Logger LOG = System.getLogger(Records.class.getName());

    private final SharedState state;
    private final @Nullable ValueCipher cipher;

    /** A value as it is stored, to be replaced or removed only while it is unchanged. */
    public static final class Stored {

        private final String key;
        private final byte[] bytes;
        private final Map<String, @Nullable Object> value;

        /** What may have replaced it: the state failed, and may have done so after the change. */
        private final List<byte[]> unsure = new CopyOnWriteArrayList<>();

        private Stored(String key, byte[] bytes, Map<String, @Nullable Object> value) {
            this.key = key;
            this.bytes = bytes;
            this.value = value;
        }

        public Map<String, @Nullable Object> value() {
            return value;
        }
    }

    /**
     * The result of an attempt to store a value.
     *
     * @param isNew whether it was stored; if not, another value exists
     * @param stored the value that exists now
     */
    public record Put(boolean isNew, Stored stored) {}

    private Records(SharedState state, byte @Nullable [] key) {
        this.state = state;
        this.cipher = key == null ? null : new ValueCipher(key);
    }

    /** Returns the records of the policy's shared state; null if it has none. */
    public static @Nullable Records of(Policy policy) {
        SharedState state = policy.state();
        return state == null ? null : new Records(state, policy.stateKey());
    }

    /** Returns the records for what is no text of people, which needs no key; null if the policy has no shared state. */
    public static @Nullable Records ofFigures(Policy policy) {
        SharedState state = policy.state();
        return state == null ? null : new Records(state, null);
    }

    /** Returns the records of the policy's shared state; null if it has none, or no key for what people wrote. */
    public static @Nullable Records ofText(Policy policy) {
        return policy.stateKey() == null ? null : of(policy);
    }

    /** Whether values may contain what people wrote. */
    public boolean keepText() {
        return cipher != null;
    }

    public @Nullable Stored get(String key) {
        byte[] bytes = reach(() -> state.get(key));
        return bytes == null ? null : new Stored(key, bytes, read(key, bytes));
    }

    public Put putIfAbsent(String key, Map<String, ?> value, Duration life) {
        byte[] bytes = write(key, value);
        byte[] existing = reach(() -> state.putIfAbsent(key, bytes, life));
        return existing == null
                ? new Put(true, new Stored(key, bytes, copy(value)))
                : new Put(false, new Stored(key, existing, read(key, existing)));
    }

    /** Returns the new value; null if the known one has been replaced or removed, or has ended. */
    public @Nullable Stored replace(Stored known, Map<String, ?> value, Duration life) {
        byte[] bytes = write(known.key, value);
        boolean isReplaced;
        try {
            isReplaced = change(known, expected -> state.compareAndSet(known.key, expected, bytes, life));
        } catch (StateException e) {
            known.unsure.add(bytes);
            throw e;
        }
        return isReplaced ? new Stored(known.key, bytes, copy(value)) : null;
    }

    public boolean remove(Stored known) {
        return change(known, expected -> state.remove(known.key, expected));
    }

    /** Changes the known value, or what an earlier change of it has left if its reply was lost. */
    private static boolean change(Stored known, Predicate<byte[]> operation) {
        boolean isChanged = reach(() -> operation.test(known.bytes));
        for (byte[] earlier : known.unsure) {
            isChanged = isChanged || reach(() -> operation.test(earlier));
        }
        return isChanged;
    }

    /** Records what has happened already, so a failure changes no outcome; it is logged. */
    public static void quietly(Runnable change) {
        try {
            change.run();
        } catch (StateException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The shared state did not record the end of a call: {0}",
                    e.getMessage());
        }
    }

    private static Map<String, @Nullable Object> copy(Map<String, ?> value) {
        return new LinkedHashMap<>(value);
    }

    private byte[] write(String key, Map<String, ?> value) {
        byte[] json = Text.json(value).getBytes(StandardCharsets.UTF_8);
        return cipher == null ? json : cipher.encrypt(key, json);
    }

    private Map<String, @Nullable Object> read(String key, byte[] bytes) {
        byte[] json;
        try {
            json = cipher == null ? bytes : cipher.decrypt(key, bytes);
        } catch (IllegalArgumentException e) {
            throw new StateException("a value was not encrypted with this key", e);
        }
        try {
            return JsonDocument.parse(new String(json, StandardCharsets.UTF_8)).toMap();
        } catch (RuntimeException e) {
            throw new StateException("a value is not readable; is a key missing?", e);
        }
    }

    private static <T> T reach(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (RuntimeException e) {
            throw new StateException(e.getClass().getName(), e);
        }
    }
}
