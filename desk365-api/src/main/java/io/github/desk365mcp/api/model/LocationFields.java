package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/**
 * What new locations and changes of locations have in common. The lengths are known from one source.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class LocationFields<S extends LocationFields<S>> extends Input<S>
        permits NewLocation, LocationUpdate {

    /** Nothing is set at first. */
    LocationFields() {}

    /** Who to ask there. At most 128 characters. */
    public S contactName(String contactName) {
        return set("contact_name", contactName);
    }

    /** At most 128 characters. */
    public S contactEmail(String contactEmail) {
        return set("contact_email", contactEmail);
    }

    /** At most 64 characters. */
    public S contactPhone(String contactPhone) {
        return set("contact_phone", contactPhone);
    }

    /** At most 250 characters. */
    public S address(String address) {
        return set("location_address", address);
    }

    /** At most 100 characters. */
    public S city(String city) {
        return set("location_city", city);
    }

    /** At most 100 characters. */
    public S state(String state) {
        return set("location_state", state);
    }

    /** At most 100 characters. */
    public S country(String country) {
        return set("location_country", country);
    }

    /** At most 64 characters. */
    public S zipcode(String zipcode) {
        return set("location_zipcode", zipcode);
    }
}
