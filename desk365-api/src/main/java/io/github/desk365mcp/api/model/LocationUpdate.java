package io.github.desk365mcp.api.model;

/** What changes in a location; the rest stays as it is. Its parent cannot be changed. */
public final class LocationUpdate extends LocationFields<LocationUpdate> {

    /** Nothing is set at first. */
    public LocationUpdate() {}

    /** The new name, at most 128 characters. What refers to the old one presumably breaks (inferred). */
    public LocationUpdate rename(String newName) {
        return set("location_name", newName);
    }
}
