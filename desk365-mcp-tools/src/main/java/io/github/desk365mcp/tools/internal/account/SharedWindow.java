package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.state.Records;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an account's ledger in the shared state. A change is made on the figures that this process knows, and
 * made again on newer ones if another process has changed them. Guarded by its ledger.
 */
final class SharedWindow {

    /** Longer than any window. */
    private static final Duration LIFE = Duration.ofHours(2);

    private final Records records;
    private final String key;
    private Records.@Nullable Stored known;

    SharedWindow(Records records, String key) {
        this.records = records;
        this.key = key;
    }

    /**
     * Changes the figures.
     *
     * @param change changes the ledger
     * @param write returns the ledger's figures
     * @param read sets the ledger's figures
     * @return the result of the change
     */
    <T extends @Nullable Object> T change(
            Supplier<T> change, Supplier<Map<String, @Nullable Object>> write, Consumer<JsonDocument> read) {
        Records.Stored base = known;
        while (true) {
            if (base != null) {
                read.accept(new JsonDocument(base.value()));
            }
            T result = change.get();
            Map<String, @Nullable Object> figures = write.get();
            if (base == null) {
                Records.Put put = records.putIfAbsent(key, figures, LIFE);
                known = put.stored();
                if (put.isNew()) {
                    return result;
                }
                base = known;
                continue;
            }
            known = records.replace(base, figures, LIFE);
            if (known != null) {
                return result;
            }
            base = records.get(key);
        }
    }
}
