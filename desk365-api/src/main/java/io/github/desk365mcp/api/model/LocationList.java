package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All locations. */
public final class LocationList extends JsonDocument {

    /** A view over these fields. */
    public LocationList(Map<String, ?> fields) {
        super(fields);
    }

    /** How many there are, as the service counts them. */
    public @Nullable Long total() {
        return integer("total");
    }

    /** The locations, all at once. */
    public List<Location> locations() {
        return required("locations", has("locations") ? objects("locations", Location::new) : null);
    }
}
