package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Location;
import io.github.desk365mcp.api.model.LocationList;
import io.github.desk365mcp.api.model.LocationUpdate;
import io.github.desk365mcp.api.model.NewLocation;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asset locations, which can be nested. A location is identified by its name and cannot be deleted. Newer; known from
 * one source.
 */
public final class AssetLocations {

    private final Calls calls;

    AssetLocations(Calls calls) {
        this.calls = calls;
    }

    /** {@return all locations, in one response} */
    public LocationList list() {
        return calls.get(Operation.LIST_LOCATIONS, Map.of(), LocationList::new);
    }

    /**
     * Gets a location.
     *
     * @param locationName the exact name of the location
     * @return the location
     */
    public Location get(String locationName) {
        return calls.get(Operation.GET_LOCATION, Map.of("location_name", locationName), Location::new);
    }

    /**
     * Creates a location.
     *
     * @param locationName the name of the location, at most 128 characters
     * @param more sets optional fields
     * @return the new location
     * @throws ConflictException if the name is taken
     * @throws NotFoundException if the parent does not exist
     */
    public Location create(String locationName, Consumer<NewLocation> more) {
        Map<String, Object> location = Input.filled(new NewLocation().set("location_name", locationName), more);
        return calls.write(Operation.CREATE_LOCATION, Map.of(), location, Location::new);
    }

    /**
     * Updates a location; fields that are not set keep their values.
     *
     * @param locationName the current name of the location
     * @param changes sets the fields to change
     * @return the updated location
     * @throws ConflictException if the new name is taken
     */
    public Location update(String locationName, Consumer<LocationUpdate> changes) {
        Map<String, Object> update = Input.filled(new LocationUpdate(), changes);
        return calls.write(Operation.UPDATE_LOCATION, Map.of("location_name", locationName), update, Location::new);
    }
}
