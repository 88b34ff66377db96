package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Location;
import io.github.desk365mcp.api.model.LocationList;
import io.github.desk365mcp.api.model.LocationUpdate;
import io.github.desk365mcp.api.model.NewLocation;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Places where assets are, one in another. A location is known by its name, and cannot be deleted. Newer; known from
 * one source.
 */
public final class AssetLocations {

    private final Calls calls;

    AssetLocations(Calls calls) {
        this.calls = calls;
    }

    /** All locations, at once. */
    public LocationList list() {
        return calls.get(Operation.LIST_LOCATIONS, Map.of(), LocationList::new);
    }

    /** The location with this exact name. */
    public Location get(String locationName) {
        return calls.get(Operation.GET_LOCATION, Map.of("location_name", locationName), Location::new);
    }

    /**
     * Adds a location.
     *
     * @param locationName at most 128 characters
     * @throws ConflictException if the name is taken
     * @throws NotFoundException if there is no such parent
     */
    public Location create(String locationName, Consumer<NewLocation> more) {
        Map<String, Object> location = Input.filled(new NewLocation().set("location_name", locationName), more);
        return calls.write(Operation.CREATE_LOCATION, Map.of(), location, Location::new);
    }

    /**
     * Changes what the lambda sets, and leaves the rest.
     *
     * @param locationName the present name
     * @throws ConflictException if the new name is taken
     */
    public Location update(String locationName, Consumer<LocationUpdate> changes) {
        Map<String, Object> update = Input.filled(new LocationUpdate(), changes);
        return calls.write(Operation.UPDATE_LOCATION, Map.of("location_name", locationName), update, Location::new);
    }
}
