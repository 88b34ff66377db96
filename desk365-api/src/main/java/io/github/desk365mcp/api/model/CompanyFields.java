package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** What a new company may have beside its name, and what changes in a company. */
public final class CompanyFields extends Input<CompanyFields> {

    /** Nothing is set at first. */
    public CompanyFields() {}

    /** For updates: the new name (inferred). The name is the key, so what refers to the old one presumably breaks. */
    public CompanyFields rename(String newName) {
        return set("name", newName);
    }

    /** What agents should know about it. */
    public CompanyFields description(String description) {
        return set("description", description);
    }

    /** The telephone number. */
    public CompanyFields phone(String phone) {
        return set("phone", phone);
    }

    /** Street and number, as one text. */
    public CompanyFields address(String address) {
        return set("address", address);
    }

    /** The city. */
    public CompanyFields city(String city) {
        return set("city", city);
    }

    /** The state or province. */
    public CompanyFields state(String state) {
        return set("state", state);
    }

    /** The country. */
    public CompanyFields country(String country) {
        return set("country", country);
    }

    /** The postal code. */
    public CompanyFields zipcode(String zipcode) {
        return set("zipcode", zipcode);
    }

    /** The name of an SLA policy. */
    public CompanyFields sla(String sla) {
        return set("sla", sla);
    }

    /** Takes the SLA policy of the whole helpdesk. One source. */
    public CompanyFields helpdeskSla() {
        return set("sla", "helpdesk default");
    }

    /** Contacts with addresses in these mail domains join the company. Replaces the whole list (inferred). */
    public CompanyFields domains(String... domains) {
        return setJoined("domains", domains);
    }
}
