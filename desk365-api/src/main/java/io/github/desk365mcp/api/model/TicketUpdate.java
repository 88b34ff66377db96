package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;
import java.util.Map;

/** Changes to a ticket; fields that are not set keep their values. */
public final class TicketUpdate extends Input<TicketUpdate> {

    /** Two dashes, as in filters. Sources disagree on the marker, and none was tested on a live account. */
    private static final String CLEARED = "--";

    /** Creates an input with no fields set. */
    public TicketUpdate() {}

    /**
     * Moves the ticket to another contact. Known from one source.
     *
     * @param contactEmail the contact's email address
     * @return this
     */
    public TicketUpdate contactEmail(String contactEmail) {
        return set("contact_email", contactEmail);
    }

    /**
     * Sets the subject.
     *
     * @param subject must not be empty
     * @return this
     */
    public TicketUpdate subject(String subject) {
        return set("subject", subject);
    }

    /**
     * Replaces the whole description.
     *
     * @param description the description as HTML
     * @return this
     */
    public TicketUpdate description(String description) {
        return set("description", description);
    }

    /**
     * Sets the SLA policy.
     *
     * @param sla the name of an SLA policy
     * @return this
     */
    public TicketUpdate sla(String sla) {
        return set("sla", sla);
    }

    /**
     * Sets the status.
     *
     * @param status for example Resolved; each account defines its own statuses
     * @return this
     */
    public TicketUpdate status(String status) {
        return set("status", status);
    }

    /**
     * Sets the priority.
     *
     * @param priority the priority
     * @return this
     */
    public TicketUpdate priority(Priority priority) {
        return set("priority", priority.code());
    }

    /**
     * Sets the type.
     *
     * @param type for example Question; each account defines its own types
     * @return this
     */
    public TicketUpdate type(String type) {
        return set("type", type);
    }

    /**
     * Assigns the ticket to an agent.
     *
     * @param assignTo the email address of an agent
     * @return this
     */
    public TicketUpdate assignTo(String assignTo) {
        return set("assign_to", assignTo);
    }

    /**
     * Assigns the ticket to a group.
     *
     * @param group the name of a group
     * @return this
     */
    public TicketUpdate group(String group) {
        return set("group", group);
    }

    /**
     * Sets the category.
     *
     * @param category the name of a category
     * @return this
     */
    public TicketUpdate category(String category) {
        return set("category", category);
    }

    /**
     * Sets the subcategory.
     *
     * @param subcategory a subcategory of the ticket's category
     * @return this
     */
    public TicketUpdate subcategory(String subcategory) {
        return set("sub_category", subcategory);
    }

    /**
     * Sets custom fields. That other custom fields keep their values is inferred.
     *
     * @param customFields the values by field name, {@code cf_<label>}
     * @return this
     */
    public TicketUpdate customFields(Map<String, ?> customFields) {
        return set("custom_fields", customFields);
    }

    /**
     * Removes the assigned agent. Untested: sources disagree on the value that the service expects.
     *
     * @return this
     */
    public TicketUpdate unassign() {
        return set("assign_to", CLEARED);
    }

    /**
     * Removes the group. Untested, as {@link #unassign()}.
     *
     * @return this
     */
    public TicketUpdate clearGroup() {
        return set("group", CLEARED);
    }

    /**
     * Removes the category. Untested, as {@link #unassign()}.
     *
     * @return this
     */
    public TicketUpdate clearCategory() {
        return set("category", CLEARED);
    }

    /**
     * Removes the subcategory. Untested, as {@link #unassign()}.
     *
     * @return this
     */
    public TicketUpdate clearSubcategory() {
        return set("sub_category", CLEARED);
    }

    /**
     * Adds watchers.
     *
     * @param agents the email addresses of agents
     * @return this
     */
    public TicketUpdate addWatchers(String... agents) {
        return add("watchers", "add", agents);
    }

    /**
     * Removes watchers.
     *
     * @param agents the email addresses of agents
     * @return this
     */
    public TicketUpdate removeWatchers(String... agents) {
        return add("watchers", "remove", agents);
    }

    /**
     * Shares the ticket with contacts.
     *
     * @param contacts the email addresses of contacts
     * @return this
     */
    public TicketUpdate addShares(String... contacts) {
        return add("share_to", "add", contacts);
    }

    /**
     * Stops sharing the ticket with contacts.
     *
     * @param contacts the email addresses of contacts
     * @return this
     */
    public TicketUpdate removeShares(String... contacts) {
        return add("share_to", "remove", contacts);
    }
}
