package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All asset locations. Known from one source. */
public final class LocationList extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public LocationList(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the number of locations, as counted by the service} */
    public @Nullable Long total() {
        return integer("total");
    }

    /** {@return the locations, without paging} */
    public List<Location> locations() {
        return required("locations", has("locations") ? objects("locations", Location::new) : null);
    }
}
