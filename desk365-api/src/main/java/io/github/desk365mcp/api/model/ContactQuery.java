package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Options for listing contacts, which come in pages of 30. */
public final class ContactQuery extends Input<ContactQuery> {

    /** Creates an input with no fields set. */
    public ContactQuery() {}

    /**
     * Skips contacts.
     *
     * @param offset the number of contacts to skip, 0 by default
     * @return this
     */
    public ContactQuery offset(long offset) {
        return set("offset", offset);
    }

    /**
     * Lists only the contacts of a company.
     *
     * @param company the exact name of the company
     * @return this
     */
    public ContactQuery company(String company) {
        return set("company", company);
    }

    /**
     * Sets whether custom fields are included. Newer; known from one source.
     *
     * @param includeCustomFields false by default
     * @return this
     */
    public ContactQuery includeCustomFields(boolean includeCustomFields) {
        return setFlag("include_custom_fields", includeCustomFields);
    }

    /**
     * Sets the field to sort by.
     *
     * @param order {@link ContactOrder#NAME} by default
     * @return this
     */
    public ContactQuery orderBy(ContactOrder order) {
        return set("order_by", order.code());
    }

    /**
     * Sorts in descending order instead of ascending.
     *
     * @return this
     */
    public ContactQuery descending() {
        return set("order_type", "desc");
    }
}
