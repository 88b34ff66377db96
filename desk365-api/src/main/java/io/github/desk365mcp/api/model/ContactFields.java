package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/**
 * What new contacts and changes of contacts have in common.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract sealed class ContactFields<S extends ContactFields<S>> extends Input<S>
        permits NewContact, ContactUpdate {

    /** Nothing is set at first. */
    ContactFields() {}

    /** The full name. */
    public S name(String name) {
        return set("name", name);
    }

    /** The job title. */
    public S title(String title) {
        return set("title", title);
    }

    /** The mobile number. */
    public S mobile(String mobile) {
        return set("mobile", mobile);
    }

    /** The telephone number. */
    public S phone(String phone) {
        return set("phone", phone);
    }

    /** The exact name of a company that exists. */
    public S companyName(String companyName) {
        return set("company_name", companyName);
    }
}
