package io.github.desk365mcp.api.model;

/** Optional fields of a new location. */
public final class NewLocation extends LocationFields<NewLocation> {

    /** Creates an input with no fields set. */
    public NewLocation() {}

    /**
     * Sets the location that contains the new one, which cannot be changed later. By default, the new location is at
     * the top level.
     *
     * @param parent the name of the parent location
     * @return this
     */
    public NewLocation parent(String parent) {
        return set("parent_location_name", parent);
    }
}
