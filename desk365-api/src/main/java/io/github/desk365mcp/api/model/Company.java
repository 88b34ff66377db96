package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A company, identified by its name. */
public final class Company extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Company(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the name, which identifies the company} */
    public String name() {
        return required("name", text("name"));
    }

    /** {@return the description} */
    public @Nullable String description() {
        return text("description");
    }

    /** {@return the telephone number} */
    public @Nullable String phone() {
        return text("phone");
    }

    /** {@return the address, without the city, state, country and postal code (inferred)} */
    public @Nullable String address() {
        return text("address");
    }

    /** {@return the city} */
    public @Nullable String city() {
        return text("city");
    }

    /** {@return the state or province} */
    public @Nullable String state() {
        return text("state");
    }

    /** {@return the country} */
    public @Nullable String country() {
        return text("country");
    }

    /** {@return the postal code} */
    public @Nullable String zipcode() {
        return text("zipcode");
    }

    /** {@return the name of the SLA policy} */
    public @Nullable String sla() {
        return text("sla");
    }

    /**
     * {@return the mail domains of the company} Contacts with addresses in these domains join the company. The service
     * sends an array in lists and a comma-separated string in details; both are read.
     */
    public List<String> domains() {
        return texts("domains");
    }

    /** {@return when the company was created} */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** {@return when the company was last updated, or null if never} The service sends the epoch for "never". */
    public @Nullable Instant updatedOn() {
        return time("updated_on");
    }
}
