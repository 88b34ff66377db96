package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place where assets are. Newer; one source. */
public final class Location extends JsonDocument {

    /** A view over these fields. */
    public Location(Map<String, ?> fields) {
        super(fields);
    }

    /** The key. */
    public String locationName() {
        return required("location_name", text("location_name"));
    }

    /** The location that it is in; an empty text at the top. */
    public @Nullable String parentLocationName() {
        return text("parent_location_name");
    }

    /** The name of the person to ask there. */
    public @Nullable String contactName() {
        return text("contact_name");
    }

    /** The address of the person to ask there. */
    public @Nullable String contactEmail() {
        return text("contact_email");
    }

    /** The telephone number of the person to ask there. */
    public @Nullable String contactPhone() {
        return text("contact_phone");
    }

    /** Street and number, as one text. */
    public @Nullable String locationAddress() {
        return text("location_address");
    }

    /** The city. */
    public @Nullable String locationCity() {
        return text("location_city");
    }

    /** The state or province. */
    public @Nullable String locationState() {
        return text("location_state");
    }

    /** The country. */
    public @Nullable String locationCountry() {
        return text("location_country");
    }

    /** The postal code. */
    public @Nullable String locationZipcode() {
        return text("location_zipcode");
    }
}
