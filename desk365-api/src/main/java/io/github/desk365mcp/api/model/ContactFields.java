package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/**
 * Fields that new contacts and contact updates share.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class ContactFields<S extends ContactFields<S>> extends Input<S>
        permits NewContact, ContactUpdate {

    /** Creates an input with no fields set. */
    ContactFields() {}

    /**
     * Sets the name.
     *
     * @param name the full name
     * @return this
     */
    public S name(String name) {
        return set("name", name);
    }

    /**
     * Sets the title.
     *
     * @param title the job title (inferred from the name)
     * @return this
     */
    public S title(String title) {
        return set("title", title);
    }

    /**
     * Sets the mobile number.
     *
     * @param mobile the mobile number
     * @return this
     */
    public S mobile(String mobile) {
        return set("mobile", mobile);
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
     * Sets the company.
     *
     * @param companyName the exact name of an existing company
     * @return this
     */
    public S companyName(String companyName) {
        return set("company_name", companyName);
    }
}
