package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A company. It has no number: its name is its key. */
public final class Company extends JsonDocument {

    /** A view over these fields. */
    public Company(Map<String, ?> fields) {
        super(fields);
    }

    /** The key. */
    public String name() {
        return required("name", text("name"));
    }

    /** What agents noted about it. */
    public @Nullable String description() {
        return text("description");
    }

    /** The telephone number. */
    public @Nullable String phone() {
        return text("phone");
    }

    /** Street and number, as one text. */
    public @Nullable String address() {
        return text("address");
    }

    /** The city. */
    public @Nullable String city() {
        return text("city");
    }

    /** The state or province. */
    public @Nullable String state() {
        return text("state");
    }

    /** The country. */
    public @Nullable String country() {
        return text("country");
    }

    /** The postal code. */
    public @Nullable String zipcode() {
        return text("zipcode");
    }

    /** The SLA policy. */
    public @Nullable String sla() {
        return text("sla");
    }

    /** Contacts with addresses in these mail domains join the company. The service sends an array in lists and a string in details; both are read. */
    public List<String> domains() {
        return texts("domains");
    }

    /** When it was created. */
    public @Nullable Instant createdOn() {
        return time("created_on");
    }

    /** Null if never; on the wire it is the epoch. */
    public @Nullable Instant updatedOn() {
        return time("updated_on");
    }
}
