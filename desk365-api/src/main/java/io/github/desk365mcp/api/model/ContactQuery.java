package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Which contacts are listed, and how. Pages hold 30. */
public final class ContactQuery extends Input<ContactQuery> {

    /** Nothing is set at first. */
    public ContactQuery() {}

    /** How many contacts are skipped. Default 0. */
    public ContactQuery offset(long offset) {
        return set("offset", offset);
    }

    /** Contacts of this company; its exact name. */
    public ContactQuery company(String company) {
        return set("company", company);
    }

    /** Newer; one source. Default no. */
    public ContactQuery includeCustomFields(boolean includeCustomFields) {
        return setFlag("include_custom_fields", includeCustomFields);
    }

    /** The order. Default by name. */
    public ContactQuery orderBy(ContactOrder order) {
        return set("order_by", order.code());
    }

    /** From the last to the first. */
    public ContactQuery descending() {
        return set("order_type", "desc");
    }
}
