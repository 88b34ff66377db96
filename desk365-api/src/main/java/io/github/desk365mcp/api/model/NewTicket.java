package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.util.List;
import java.util.Map;

/** Optional fields of a new ticket. */
public final class NewTicket extends Input<NewTicket> {

    /** Creates an input with no fields set. */
    public NewTicket() {}

    /**
     * Sets the status. Open is sent by default, because sources disagree on whether a status is required.
     *
     * @param status for example Open; each account defines its own statuses
     * @return this
     */
    public NewTicket status(String status) {
        return set("status", status);
    }

    /**
     * Sets the priority.
     *
     * @param priority the priority
     * @return this
     */
    public NewTicket priority(Priority priority) {
        return set("priority", priority.code());
    }

    /**
     * Sets the type.
     *
     * @param type for example Question; each account defines its own types
     * @return this
     */
    public NewTicket type(String type) {
        return set("type", type);
    }

    /**
     * Assigns the ticket to an agent.
     *
     * @param assignTo the email address of an agent
     * @return this
     */
    public NewTicket assignTo(String assignTo) {
        return set("assign_to", assignTo);
    }

    /**
     * Assigns the ticket to a group.
     *
     * @param group the name of a group
     * @return this
     */
    public NewTicket group(String group) {
        return set("group", group);
    }

    /**
     * Sets the category.
     *
     * @param category the name of a category
     * @return this
     */
    public NewTicket category(String category) {
        return set("category", category);
    }

    /**
     * Sets the subcategory.
     *
     * @param subcategory a subcategory of the ticket's category
     * @return this
     */
    public NewTicket subcategory(String subcategory) {
        return set("sub_category", subcategory);
    }

    /**
     * Sets the ticket form, by default the form of the agent portal.
     *
     * @param formName the name of a ticket form
     * @return this
     */
    public NewTicket formName(String formName) {
        return set("form_name", formName);
    }

    /**
     * Sets custom fields. The service refuses fields that the account does not define.
     *
     * @param customFields the values by field name, {@code cf_<label>}
     * @return this
     */
    public NewTicket customFields(Map<String, ?> customFields) {
        return set("custom_fields", customFields);
    }

    /**
     * Sets the watchers.
     *
     * @param watchers the email addresses of agents
     * @return this
     */
    public NewTicket watchers(String... watchers) {
        return set("watchers", List.of(watchers));
    }

    /**
     * Shares the ticket with contacts.
     *
     * @param shareTo the email addresses of contacts
     * @return this
     */
    public NewTicket shareTo(String... shareTo) {
        return set("share_to", List.of(shareTo));
    }
}
