package io.github.desk365mcp.api.model;

/** Changes to a location; fields that are not set keep their values. The parent cannot be changed. */
public final class LocationUpdate extends LocationFields<LocationUpdate> {

    /** Creates an input with no fields set. */
    public LocationUpdate() {}

    /**
     * Renames the location. References to the old name presumably break (inferred).
     *
     * @param newName the new name, at most 128 characters
     * @return this
     */
    public LocationUpdate rename(String newName) {
        return set("location_name", newName);
    }
}
