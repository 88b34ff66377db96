package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place where assets are kept. Newer; known from one source. */
public final class Location extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Location(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the name, which identifies the location} */
    public String locationName() {
        return required("location_name", text("location_name"));
    }

    /** {@return the name of the location that contains this one, or an empty string at the top level} */
    public @Nullable String parentLocationName() {
        return text("parent_location_name");
    }

    /** {@return the name of the location's contact person} */
    public @Nullable String contactName() {
        return text("contact_name");
    }

    /** {@return the contact person's email address} */
    public @Nullable String contactEmail() {
        return text("contact_email");
    }

    /** {@return the contact person's telephone number} */
    public @Nullable String contactPhone() {
        return text("contact_phone");
    }

    /** {@return the address, without the city, state, country and postal code (inferred)} */
    public @Nullable String locationAddress() {
        return text("location_address");
    }

    /** {@return the city} */
    public @Nullable String locationCity() {
        return text("location_city");
    }

    /** {@return the state or province} */
    public @Nullable String locationState() {
        return text("location_state");
    }

    /** {@return the country} */
    public @Nullable String locationCountry() {
        return text("location_country");
    }

    /** {@return the postal code} */
    public @Nullable String locationZipcode() {
        return text("location_zipcode");
    }
}
