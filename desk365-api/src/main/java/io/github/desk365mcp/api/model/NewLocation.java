package io.github.desk365mcp.api.model;

/** What a new location may have beside its name. */
public final class NewLocation extends LocationFields<NewLocation> {

    /** Nothing is set at first. */
    public NewLocation() {}

    /** The name of the location that it is in, which cannot be changed later. Default: none. */
    public NewLocation parent(String parent) {
        return set("parent_location_name", parent);
    }
}
