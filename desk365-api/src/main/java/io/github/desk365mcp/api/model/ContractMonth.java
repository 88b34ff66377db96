package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The minutes of a contract in one month. The service writes some names in two ways; both are read. */
public final class ContractMonth extends JsonDocument {

    /** A view over these fields. */
    public ContractMonth(Map<String, ?> fields) {
        super(fields);
    }

    /** The year. */
    public @Nullable Long year() {
        return integer("year");
    }

    /** Presumably from 1 to 12 (inferred). */
    public @Nullable Long month() {
        return integer("month");
    }

    /** Minutes that were sold for the month. */
    public @Nullable Long contractMins() {
        return minutes("contract_mins", "contractMins");
    }

    /** Minutes of those sold that were used. */
    public @Nullable Long contractMinsUsed() {
        return minutes("contract_mins_used", "contractMinsUsed");
    }

    /** Minutes that rolled over into the month (inferred from the name). */
    public @Nullable Long rolloverMins() {
        return minutes("rollover_mins", "rolloverMins");
    }

    /** Minutes that rolled over and were used. */
    public @Nullable Long rolloverMinsUsed() {
        return minutes("rollover_mins_used", "rolloverMinsUsed");
    }

    /** Minutes that rolled over and are left. */
    public @Nullable Long rolloverMinsAvailable() {
        return minutes("rollover_mins_available", "rolloverMinsAvailable");
    }

    /** Booked after the month was over (inferred). */
    public @Nullable Long lateEntryMins() {
        return minutes("late_entry_mins", "lateEntryMins");
    }

    /** Beyond those that were sold (inferred); in {@link Contract#usageHours()} only. */
    public @Nullable Long extraUsedMins() {
        return minutes("extra_used_mins", "extraUsedMins");
    }

    private @Nullable Long minutes(String name, String camelCase) {
        return integer(has(camelCase) ? camelCase : name);
    }
}
