package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/**
 * Fields that new companies and company updates share.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class CompanyFields<S extends CompanyFields<S>> extends Input<S>
        permits NewCompany, CompanyUpdate {

    /** Creates an input with no fields set. */
    CompanyFields() {}

    /**
     * Sets the description.
     *
     * @param description the description
     * @return this
     */
    public S description(String description) {
        return set("description", description);
    }

    /**
     * Sets the telephone number.
     *
     * @param phone the telephone number
     * @return this
     */
    public S phone(String phone) {
        return set("phone", phone);
    }

    /**
     * Sets the address.
     *
     * @param address the address, without the city, state, country and postal code (inferred)
     * @return this
     */
    public S address(String address) {
        return set("address", address);
    }

    /**
     * Sets the city.
     *
     * @param city the city
     * @return this
     */
    public S city(String city) {
        return set("city", city);
    }

    /**
     * Sets the state or province.
     *
     * @param state the state or province
     * @return this
     */
    public S state(String state) {
        return set("state", state);
    }

    /**
     * Sets the country.
     *
     * @param country the country
     * @return this
     */
    public S country(String country) {
        return set("country", country);
    }

    /**
     * Sets the postal code.
     *
     * @param zipcode the postal code
     * @return this
     */
    public S zipcode(String zipcode) {
        return set("zipcode", zipcode);
    }

    /**
     * Sets the SLA policy.
     *
     * @param sla the name of an SLA policy
     * @return this
     */
    public S sla(String sla) {
        return set("sla", sla);
    }

    /**
     * Selects the helpdesk's default SLA policy. Known from one source.
     *
     * @return this
     */
    public S helpdeskSla() {
        return set("sla", "helpdesk default");
    }

    /**
     * Sets the mail domains of the company; contacts with addresses in these domains join it. Replaces the whole list
     * (inferred).
     *
     * @param domains for example {@code contoso.com}
     * @return this
     */
    public S domains(String... domains) {
        return setJoined("domains", domains);
    }
}
