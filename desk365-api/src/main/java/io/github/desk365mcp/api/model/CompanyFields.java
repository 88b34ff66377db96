package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Fields of a new company, apart from its name, and changes to a company. */
public final class CompanyFields extends Input<CompanyFields> {

    /** Creates an input with no fields set. */
    public CompanyFields() {}

    /**
     * Renames the company; for updates only. That the service renames companies is inferred, and so is that references
     * to the old name break.
     *
     * @param newName the new name
     * @return this
     */
    public CompanyFields rename(String newName) {
        return set("name", newName);
    }

    /**
     * Sets the description.
     *
     * @param description the description
     * @return this
     */
    public CompanyFields description(String description) {
        return set("description", description);
    }

    /**
     * Sets the telephone number.
     *
     * @param phone the telephone number
     * @return this
     */
    public CompanyFields phone(String phone) {
        return set("phone", phone);
    }

    /**
     * Sets the address.
     *
     * @param address the address, without the city, state, country and postal code (inferred)
     * @return this
     */
    public CompanyFields address(String address) {
        return set("address", address);
    }

    /**
     * Sets the city.
     *
     * @param city the city
     * @return this
     */
    public CompanyFields city(String city) {
        return set("city", city);
    }

    /**
     * Sets the state or province.
     *
     * @param state the state or province
     * @return this
     */
    public CompanyFields state(String state) {
        return set("state", state);
    }

    /**
     * Sets the country.
     *
     * @param country the country
     * @return this
     */
    public CompanyFields country(String country) {
        return set("country", country);
    }

    /**
     * Sets the postal code.
     *
     * @param zipcode the postal code
     * @return this
     */
    public CompanyFields zipcode(String zipcode) {
        return set("zipcode", zipcode);
    }

    /**
     * Sets the SLA policy.
     *
     * @param sla the name of an SLA policy
     * @return this
     */
    public CompanyFields sla(String sla) {
        return set("sla", sla);
    }

    /**
     * Selects the helpdesk's default SLA policy. Known from one source.
     *
     * @return this
     */
    public CompanyFields helpdeskSla() {
        return set("sla", "helpdesk default");
    }

    /**
     * Sets the mail domains of the company; contacts with addresses in these domains join it. Replaces the whole list
     * (inferred).
     *
     * @param domains for example {@code contoso.com}
     * @return this
     */
    public CompanyFields domains(String... domains) {
        return setJoined("domains", domains);
    }
}
