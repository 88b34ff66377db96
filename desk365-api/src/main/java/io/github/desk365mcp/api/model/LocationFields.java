package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/**
 * Fields that new locations and location updates share. The maximum lengths are known from one source.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class LocationFields<S extends LocationFields<S>> extends Input<S>
        permits NewLocation, LocationUpdate {

    /** Creates an input with no fields set. */
    LocationFields() {}

    /**
     * Sets the name of the location's contact person.
     *
     * @param contactName at most 128 characters
     * @return this
     */
    public S contactName(String contactName) {
        return set("contact_name", contactName);
    }

    /**
     * Sets the contact person's email address.
     *
     * @param contactEmail at most 128 characters
     * @return this
     */
    public S contactEmail(String contactEmail) {
        return set("contact_email", contactEmail);
    }

    /**
     * Sets the contact person's telephone number.
     *
     * @param contactPhone at most 64 characters
     * @return this
     */
    public S contactPhone(String contactPhone) {
        return set("contact_phone", contactPhone);
    }

    /**
     * Sets the address.
     *
     * @param address at most 250 characters
     * @return this
     */
    public S address(String address) {
        return set("location_address", address);
    }

    /**
     * Sets the city.
     *
     * @param city at most 100 characters
     * @return this
     */
    public S city(String city) {
        return set("location_city", city);
    }

    /**
     * Sets the state or province.
     *
     * @param state at most 100 characters
     * @return this
     */
    public S state(String state) {
        return set("location_state", state);
    }

    /**
     * Sets the country.
     *
     * @param country at most 100 characters
     * @return this
     */
    public S country(String country) {
        return set("location_country", country);
    }

    /**
     * Sets the postal code.
     *
     * @param zipcode at most 64 characters
     * @return this
     */
    public S zipcode(String zipcode) {
        return set("location_zipcode", zipcode);
    }
}
